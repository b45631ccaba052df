package dev.vmtest.installconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.secret.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes a secret in each place where a configuration may have one. */
final class ConfigSecretsTests {

    private static List<String> of(String yaml) {
        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", yaml, new Problems()), new Problems());
        return ConfigSecrets.of(config).stream().map(Secret::reveal).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy: {http_proxy: 'http://u:S3cret@h:1/'}",
                "proxy: {https_proxy: 'http://S3cret@h:1/'}",
                "apt_proxy: 'http://u:S3cret@h/'",
                "apt: {sources: {a: {source: 'deb http://u:S3cret@h/ x main'}}}",
                "sources: ['https://u:S3cret@h/x.tgz']",
                "late_commands: {a: [curl, 'ftp://u:S3cret@h/']}",
                "reporting: {a: {type: webhook, endpoint: 'http://u:S3cret@h/'}}",
                "reporting: {a: {type: webhook, endpoint: 'http://h/', token_secret: S3cret}}",
                "reporting: {a: {type: webhook, endpoint: 'http://h/', token_key: S3cret}}",
                "reporting: {a: {type: webhook, endpoint: 'http://h/', consumer_key: S3cret}}",
                "debconf_selections: {a: 'passwd passwd/root-password password S3cret'}",
                "debconf_selections: {a: \"x x/y string no\\nx x/z password\\tS3cret\\n\"}",
                "write_files: {a: {path: /etc/shadow.txt, content: 'root:S3cret', permissions: '0600'}}",
                "write_files: {a: {path: /a, content: \"#cloud-config\\npassword: S3cret\"}}",
                "write_files: {a: {path: /a, content: \"#cloud-config\\nchpasswd: {list: 'root:S3cret'}\"}}",
                "write_files: {a: {path: /a, content: \"#cloud-config\\nchpasswd: {list: ['root:S3cret']}\"}}",
                "write_files: {a: {path: /a, content: \"#cloud-config\\nchpasswd: {users: [{name: r, password: S3cret}]}\"}}",
                "write_files: {a: {path: /a, content: \"#cloud-config\\nusers: [{name: r, hashed_passwd: S3cret}]\"}}",
                "cloudconfig: {a: {path: /a, content: \"#cloud-config\\nssh_keys: {rsa_private: S3cret}\"}}",
                "vmtest: {expect: {users: [{name: u, password: S3cret}]}}",
                "network: {version: 2, wifis: {w: {access-points: {x: {password: S3cret}}}}}",
                "storage: {version: 1, config: [{id: c, type: dm_crypt, volume: v, dm_name: c, key: S3cret}]}",
            })
    void findsASecretWhereverItStands(String yaml) {
        assertThat(of(yaml)).contains("S3cret");
    }

    @Test
    void linesOfPrivateFilesAreSecretsAndThoseOfOthersAreNot() {
        assertThat(of("""
                        write_files:
                          a: {path: /root/key, content: "short\\n  the whole line\\n", permissions: '0400'}
                          b: {path: /etc/motd, content: "for everybody\\n"}
                        """)).containsExactly("the whole line");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "late_commands: {a: [echo, 'me@example.com']}",
                "proxy: {http_proxy: 'http://h:3128/'}",
                "write_files: {a: {path: /a, content: \"#cloud-config\\nchpasswd: {list: 'root:RANDOM', expire: false}\"}}",
                "debconf_selections: {a: 'x x/y string open'}",
            })
    void findsNoneWhereThereIsNone(String yaml) {
        assertThat(of(yaml)).isEmpty();
    }

    @Test
    void whatIsReadShowsNone() {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", """
                        proxy: {http_proxy: 'http://u:S3cret@h:1/', https_proxy: 'http://u:S3cret@h:1/'}
                        apt_proxy: 'http://u:S3cret@h/'
                        sources: ['https://u:S3cret@h/x.tgz', {type: tgz, uri: 'https://u:S3cret@h/x.tgz'}]
                        reporting: {a: {type: webhook, endpoint: 'http://u:S3cret@h/', token_secret: S3cret}}
                        write_files: {a: {path: /a, content: S3cret}}
                        vmtest: {expect: {users: [{name: u, password: S3cret}]}}
                        """, problems), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(config.toString()).doesNotContain("S3cret").contains("http://(secret)@h:1/");
    }
}
