package dev.vmtest.trial;

import dev.vmtest.image.ImageException;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Play runs that end by a fault of the host or of vmtest, which is never the installer's. */
class HostTroubleTests {

    private final PlayedRun played;

    HostTroubleTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    @Test
    void aQemuThatEndsByItselfIsTroubleOfTheHost() throws IOException {
        played.guest.installEnd(new MachineEnd.QemuExited(PlayedRun.VM_TIME, 1, "killed"));
        played.infrastructure("QEMU ended with status 1: killed", "prepare", "install");
    }

    @Test
    void aFullDiskIsTroubleOfTheHost() throws IOException {
        played.guest.bootEnd(new MachineEnd.HostTrouble(PlayedRun.VM_TIME, "no space left on device"));
        played.infrastructure("no space left on device", "prepare", "install", "boot");
    }

    @Test
    void aMachineThatCannotStartIsTroubleOfTheHost() throws IOException {
        played.guest.trouble(new MachineException("cannot start the machine"));
        played.infrastructure("cannot start the machine", "prepare", "install");
    }

    @Test
    void aMissingImageIsTroubleOfTheHost() throws IOException {
        played.images = release -> {
            throw new ImageException("there is no image of " + release, "build it");
        };
        played.infrastructure("there is no image of bookworm; build it", "prepare");
    }

    @Test
    void aToolThatFailsIsTroubleOfTheHost() throws IOException {
        played.processes = new PlayedProcesses.FailingProcesses();
        played.infrastructure("xorrisofs is not installed", "prepare", "install", "boot");
    }

    @Test
    void aFullDiskIsNoDefectOfOursWhereverItShows() throws IOException {
        played.guest.defect(new UncheckedIOException(new IOException("logs/x: No space left on device")));
        played.infrastructure(
                "the disk of " + played.topdir + " is full; make room there, or name another directory with --topdir or"
                        + " CURTIN_VMTEST_TOPDIR",
                "prepare",
                "install");
    }

    @Test
    void aDefectOfOursIsNeverBlamedOnTheInstaller() throws IOException {
        played.guest.defect(new IllegalStateException("ours"));
        played.infrastructure("a defect of vmtest: java.lang.IllegalStateException: ours", "prepare", "install");
    }
}
