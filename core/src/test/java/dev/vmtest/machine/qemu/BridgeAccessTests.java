package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeAccessTests {

    @TempDir
    private Path root;

    private Path helper = Path.of("");

    @BeforeEach
    void makeAHostWithABridge() throws IOException {
        Files.createDirectories(root.resolve("sys/class/net/br0/bridge"));
        Files.createDirectories(root.resolve("sys/class/net/eth0"));
        Files.createDirectories(root.resolve("dev/net"));
        Files.createFile(root.resolve("dev/net/tun"));
        Files.createDirectories(root.resolve("usr/lib/qemu"));
        helper = Files.createFile(root.resolve("usr/lib/qemu/qemu-bridge-helper"));
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
        allow("# mine\nallow br0\n");
    }

    private void allow(String rules) throws IOException {
        Files.createDirectories(root.resolve("etc/qemu"));
        Files.writeString(root.resolve("etc/qemu/bridge.conf"), rules);
    }

    private List<String> ofRoot(String bridge) {
        return new BridgeAccess(root, true).obstacles(bridge);
    }

    @Test
    void nothingIsInTheWayOfUserNetworking() {
        assertThat(new BridgeAccess(root.resolve("empty"), false).obstacles("user"))
                .isEmpty();
    }

    @Test
    void rootMayUseABridgeThatIsAllowed() throws IOException {
        assertThat(ofRoot("br0")).isEmpty();
        allow("allow all\n");
        assertThat(ofRoot("br0")).isEmpty();
        allow("allow all\ndeny br0\n");
        assertThat(ofRoot("br0")).singleElement().asString().contains("does not allow br0");
        allow("include /etc/qemu/other.conf\n");
        assertThat(ofRoot("br0")).isEmpty();
    }

    @Test
    void othersNeedAHelperThatIsAllowedTo() throws IOException {
        BridgeAccess other = new BridgeAccess(root, false);
        assertThat(other.obstacles("br0")).singleElement().asString().contains("chmod u+s");
        Files.setAttribute(helper, "unix:mode", 0104755);
        assertThat(other.obstacles("br0")).isEmpty();
    }

    @Test
    void everythingThatIsMissingIsSaidAtOnce() throws IOException {
        Files.delete(root.resolve("dev/net/tun"));
        Files.delete(helper);
        Files.delete(root.resolve("etc/qemu/bridge.conf"));

        assertThat(ofRoot("virbr0"))
                .satisfiesExactly(
                        bridge -> assertThat(bridge)
                                .contains("no bridge virbr0")
                                .contains("ip link add virbr0 type bridge"),
                        tun -> assertThat(tun).contains("/dev/net/tun"),
                        program -> assertThat(program).contains("apt-get install qemu-system-common"),
                        rules -> assertThat(rules).contains("add a line 'allow virbr0'"));
        assertThat(ofRoot("eth0")).first().asString().contains("eth0 is no bridge of the Linux kernel");
        assertThat(ofRoot("../../../dev")).first().asString().contains("no bridge ../../../dev");
    }
}
