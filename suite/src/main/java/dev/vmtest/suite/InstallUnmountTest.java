package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An installer that leaves the target mounted, as it is told to. */
@VmTest(config = "install_disable_unmount.yaml")
class InstallUnmountTest {

    @Test
    @DisplayName("the target was mounted while the last commands ran")
    void theTargetWasMounted(Facts facts) {
        String target = facts.text("root/target").strip();
        assertThat(facts.lines("root/mounts-before")).anyMatch(line -> line.split(" ", -1)[1].equals(target));
    }
}
