package dev.vmtest.installconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import org.junit.jupiter.api.Test;

/** Holds that no message about a configuration says a secret of it, whatever is wrong there. */
final class SecretMessagesTests {

    private static final String WRONG = """
            vmtest:
              disks:
                - {id: one, auth: 'user:passw0rd with blanks', iauth: passw0rd}
                - {id: two, size: 1G, auth: [passw0rd]}
              expect: {users: [{name: u, password: 0x9a55}, {name: v, password: [passw0rd]}]}
            write_files: {a: {path: /a, content: 0x9a55}, b: {path: /b, content: [passw0rd]}}
            reporting:
              a: {type: webhook, endpoint: 'http://h/', consumer_key: 0x9a55, token_key: 0x9a55, token_secret: [passw0rd]}
            storage:
              version: 1
              config:
                - {id: one, type: disk, path: 'iscsi:user:passw0rd@host:6:3260:1:target'}
                - {id: two, type: disk, path: 'iscsi:user:passw0rd@host:6:3260:1:target'}
                - {id: three, type: disk, path: 'iscsi:user:passw0rd:iuser@host'}
                - {id: four, type: dm_crypt, volume: nowhere, dm_name: four, key: passw0rd, keyfile: /passw0rd.key}
                - {id: five, type: dm_crypt, volume: one, dm_name: five, key: {text: passw0rd}}
                - {id: six, type: dm_crypt, volume: one, dm_name: six, key: passw0rd}
                - {id: seven, type: dm_crypt, volume: one, dm_name: six, key: [passw0rd]}
            """;

    @Test
    void noMessageSaysASecret() {
        Problems problems = new Problems();

        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", WRONG, problems), problems);

        assertThat(problems.all()).hasSizeGreaterThanOrEqualTo(16);
        assertThat(problems.all().toString()).doesNotContain("passw0rd", "0x9a55", "39509");
        assertThat(config.storage()).isNotNull();
    }

    @Test
    void aConfigurationThatIsReadShowsNone() {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", """
                        vmtest:
                          disks: [{id: one, size: 1G, auth: 'user:passw0rd'}]
                        storage:
                          version: 1
                          config:
                            - {id: one, type: disk, path: 'iscsi:__RFC4173__', wipe: superblock}
                            - {id: two, type: dm_crypt, volume: one, dm_name: two, key: passw0rd}
                        """, problems), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(MachineNeeds.of(config).toString()).contains("user").doesNotContain("passw0rd");
        assertThat(String.valueOf(config.storage())).doesNotContain("passw0rd");
    }
}
