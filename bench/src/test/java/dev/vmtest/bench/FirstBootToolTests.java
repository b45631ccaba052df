package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays a run of vmtest to {@code tools/first-boot}, and reads its table. */
class FirstBootToolTests {

    /** Keeps what a guest would have told; the last argument of a run is where it goes. */
    private static final String VMTEST = """
            #!/bin/sh
            for word; do
                case $word in --topdir=*) top=${word#--topdir=} ;; esac
            done
            [ -z "${FAILING:-}" ] || { echo 'there is no image'; exit 2; }
            mkdir -p "$top/first-boot-bookworm/collect"
            cd "$top/first-boot-bookworm/collect"
            echo '10.50 0.50' >uptime
            echo 'usage_usec 2000000' >init-scope
            printf '%s\\n' Id=quick.service CPUUsageNSec=1500000000 InactiveExitTimestampMonotonic=3000000 \\
                ActiveEnterTimestampMonotonic=3250000 '' Id=slow.service CPUUsageNSec=3000000000 \\
                InactiveExitTimestampMonotonic=4000000 ActiveEnterTimestampMonotonic=0 '' \\
                Id=system.slice CPUUsageNSec=4500000000 '' Id=never.service 'CPUUsageNSec=[not set]' >units
            echo '   0:40  first-boot [bookworm]  boot took 12.0 s: firmware 0.3 s, userspace 9.0 s'
            """;

    @TempDir
    private Path tree;

    private Completed run(String failing) throws Exception {
        Path program = tree.resolve("bin/vmtest");
        Files.createDirectories(program.getParent());
        Files.writeString(program, VMTEST);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes.run(
                    Command.of(SourceTree.resolve("tools/first-boot").toString(), tree.toString())
                            .withEnvironment("FAILING", failing)
                            .withEnvironment("TMPDIR", tree.toString()),
                    Duration.ofSeconds(60));
        }
    }

    @Test
    void printsPhasesAndUnitsByTheirWork() throws Exception {
        assertThat(run("").requireSuccess().stdout()).isEqualTo("""
                        boot took 12.0 s: firmware 0.3 s, userspace 9.0 s

                           CPU s  begins s  takes s  unit
                            3.00     4.00     0.00  slow.service
                            1.50     3.00     0.25  quick.service
                            4.50                    all units
                            2.00                    systemd itself
                            3.50                    kernel, initramfs and all else
                            0.50                    the machine did nothing
                        """);
        assertThat(tree.toFile().list()).as("nothing is left").containsExactly("bin");
    }

    @Test
    void aRunThatFailsSaysWhy() throws Exception {
        Completed failed = run("yes");

        assertThat(failed.succeeded()).isFalse();
        assertThat(failed.stderr()).contains("there is no image");
    }
}
