package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.result.Evidence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestSecretsTests {

    private static final String CONFIG = """
            vmtest:
              disks: [{id: one, size: 1G, auth: 'user:SecretOne', iauth: 'iuser:SecretOneMore'}]
            storage:
              version: 1
              config:
                - {id: one, type: disk, path: 'iscsi:__RFC4173__', wipe: superblock}
                - {id: two, type: disk, path: 'iscsi:u:SecretTwo:i:SecretThree@host:6:3260:1:target'}
                - {id: crypt, type: dm_crypt, volume: one, dm_name: crypt, key: SecretFour}
                - {id: short, type: dm_crypt, volume: two, dm_name: short, key: abc}
            """;

    private final TestSecrets secrets = TestSecrets.of(config());

    private static InstallConfig config() {
        Problems problems = new Problems();
        return InstallConfig.read(ConfigFiles.parse("c.yaml", CONFIG, problems), problems);
    }

    @Test
    void takesEverySecretOfAConfigurationOutOfAText() {
        assertThat(secrets.hideIn(
                        "attach user SecretOne iuser SecretOneMore u SecretTwo i SecretThree; key SecretFour"))
                .isEqualTo("attach user (secret) iuser (secret) u (secret) i (secret); key (secret)");
    }

    @Test
    void leavesWhatIsTooShortToBeOne() {
        assertThat(secrets.hideIn("abc")).isEqualTo("abc");
    }

    @Test
    void takesThemOutOfEvidenceAndLines() {
        Evidence evidence = secrets.hideIn(new Evidence(
                "failed with SecretOne", List.of("+ attach SecretTwo", "end"), "SecretFour", "SecretThree", "log", 1));
        ConsoleLine line = secrets.hideIn(new ConsoleLine(Duration.ofSeconds(1), 7, "SecretFour"));

        assertThat(evidence.toString()).doesNotContain("Secret").contains("attach (secret)", "failed with (secret)");
        assertThat(evidence.badLine()).isEqualTo(1);
        assertThat(line.text()).isEqualTo("(secret)");
        assertThat(line.number()).isEqualTo(7);
    }

    @Test
    void showsNone() {
        assertThat(secrets.toString()).doesNotContain("SecretOne", "SecretTwo", "SecretThree", "SecretFour");
    }
}
