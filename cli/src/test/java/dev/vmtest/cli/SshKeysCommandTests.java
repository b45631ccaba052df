package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshKeysCommandTests {

    @TempDir
    private Path directory;

    private TestHost host;

    @BeforeEach
    void haveKeys() throws IOException {
        host = new TestHost(directory);
        host.write("home/.ssh/id_ed25519.pub", "# mine\nssh-ed25519 AAAA me\n\n");
        host.write("home/.ssh/id_rsa.pub", "ssh-rsa BBBB me\n");
        host.write("home/.ssh/id_dsa.pub", "ssh-dss CCCC old\n");
    }

    @Test
    void everyFormHoldsEachKeyOnce() {
        assertThat(host.run("ssh-keys").out()).isEqualTo("ssh-ed25519 AAAA me\nssh-rsa BBBB me\n");
        assertThat(host.run("ssh-keys", "json").out()).isEqualTo("[ \"ssh-ed25519 AAAA me\", \"ssh-rsa BBBB me\" ]\n");
        assertThat(host.run("ssh-keys", "cloud-config").out())
                .startsWith("#cloud-config\n{\n  \"ssh_authorized_keys\" : [ \"ssh-ed25519 AAAA me\"");
        assertThat(host.run("ssh-keys", "meta-data").out()).contains("\"public-keys\" : [ \"ssh-ed25519");
        assertThat(host.run("ssh-keys", "nonsense").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void noKeyIsNoError() {
        host.set("HOME", directory.resolve("nowhere").toString());
        TestHost.Result none = host.run("ssh-keys");
        assertThat(none.status()).isZero();
        assertThat(none.out()).isEmpty();
        assertThat(host.run("ssh-keys", "json").out()).isEqualTo("[ ]\n");
    }

    @Test
    void anAgentThatIsGoneIsNoError() {
        host.set("SSH_AUTH_SOCK", directory.resolve("gone").toString());
        assertThat(host.run("ssh-keys").out()).startsWith("ssh-ed25519 AAAA me\n");
    }
}
