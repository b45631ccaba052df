package dev.vmtest.installconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Location;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptFileTests {

    private static final String LAYOUT = """
            storage:
              version: 1
              config:
                - {id: d, type: disk, serial: d, ptable: gpt, preserve: true, grub_device: true}
                - {id: bios, type: partition, device: d, number: 1, size: 1M, flag: bios_grub, preserve: true}
                - {id: p, type: partition, device: d, number: 2, size: 3G, preserve: true}
                - {id: q, type: partition, device: d, number: 3, size: 1G, preserve: true}
                - {id: pf, type: format, volume: p, fstype: ext4}
                - {id: qf, type: format, volume: q, fstype: ext4, preserve: true}
                - {id: pm, type: mount, device: pf, path: /}
                - {id: qm, type: mount, device: qf, path: /srv}
            """;

    private final Problems problems = new Problems();

    private InstallConfig read(String yaml) {
        return InstallConfig.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
    }

    @Test
    void readsPathAndContent() {
        InstallConfig config = read(LAYOUT + "vmtest: {kept_files: {/srv/a/b: \"old\\n\"}}\n");

        assertThat(problems.all()).isEmpty();
        assertThat(config.vmtest().keptFiles())
                .containsExactly(new KeptFile(new Location("c.yaml", 12, 23), "/srv/a/b", "old\n"));
    }

    @Test
    void aConfigurationWithoutThemHasNone() {
        assertThat(read(LAYOUT).vmtest().keptFiles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/etc/a  | /etc/a can't be kept: the file system that it lies on is made anew by 'pf'",
                "/srvs/a | /srvs/a can't be kept: the file system that it lies on is made anew by 'pf'",
                "srv/a   | 'srv/a' is not the absolute path of a file",
                "/srv/   | '/srv/' is not the absolute path of a file"
            })
    void refusesWhatNothingKeeps(String path, String message) {
        read(LAYOUT + "vmtest: {kept_files: {" + path + ": old}}\n");

        assertThat(messages())
                .singleElement()
                .asString()
                .startsWith("c.yaml:12:")
                .contains(message);
    }

    @Test
    void refusesThemWithoutALayout() {
        read("vmtest: {kept_files: {/a: old}}\n");

        assertThat(messages())
                .singleElement()
                .asString()
                .contains("the file system that it lies on is not of this layout");
    }

    private List<String> messages() {
        return problems.all().stream().map(Problem::toString).toList();
    }
}
