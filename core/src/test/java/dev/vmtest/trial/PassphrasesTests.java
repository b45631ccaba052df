package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.machine.ConsoleAnswer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassphrasesTests {

    private static final String CONFIG = """
            storage:
              version: 1
              config:
              - {id: a, type: disk, serial: a}
              - {id: b, type: disk, serial: b}
              - {id: c, type: disk, serial: c}
              - {id: x, type: dm_crypt, volume: a, dm_name: root_1, key: first}
              - {id: y, type: dm_crypt, volume: b, dm_name: root_11, key: second}
              - {id: z, type: dm_crypt, volume: c, dm_name: swap, keyfile: /dev/urandom}
            """;

    private static List<ConsoleAnswer> answers() {
        Problems problems = new Problems();
        return Passphrases.of(InstallConfig.read(ConfigFiles.parse("c.yaml", CONFIG, problems), problems));
    }

    private static Optional<String> answer(String line) {
        return answers().stream()
                .filter(answer -> answer.prompt().matcher(line).find())
                .map(answer -> answer.text().reveal())
                .findFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Please unlock disk root_1: |first",
                "Please unlock disk root_11: |second",
                "Please unlock disk /dev/vda2 (root_1): |first",
                "🔐 Please enter passphrase for disk QEMU HARDDISK (root_11): (press TAB for no echo) |second",
                "🔐 Please enter passphrase for disk root_1: (press TAB for no echo) |first",
                "🔐 Please enter passphrase for disk root_1 on /srv/secret: (press TAB for no echo) |first",
                "🔐 Please enter passphrase for disk QEMU HARDDISK (root_11) on /: (press TAB for no echo) |second",
            })
    void knowsWhichVolumeIsAskedFor(String line, String passphrase) {
        assertThat(answer(line)).contains(passphrase);
    }

    @Test
    void saysNothingToOthers() {
        assertThat(answer("Please unlock disk home: ")).isEmpty();
        assertThat(answer("login: ")).isEmpty();
        assertThat(answers()).hasSize(2).noneMatch(answer -> answer.toString().contains("first"));
    }
}
