package dev.vmtest.trial;

import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.result.FailureClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Know trouble that comes from a disk of the host without room: nothing that happened on it says anything about the
 * installer, whatever it looks like.
 */
public final class FullDisk {

    /** The words of ENOSPC and EDQUOT (errno(3)), which the JVM, QEMU and tools pass on. */
    static final List<String> WORDS = List.of("No space left on device", "Disk quota exceeded");

    /** With less than this nothing of use can be written. */
    private static final long NOTHING = 64L << 10;

    private FullDisk() {}

    /** Return whether a failure, or one behind it, says that a disk is full. */
    public static boolean isBehind(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < 20; depth++) {
            String said = String.valueOf(each.getMessage());
            if (WORDS.stream().anyMatch(said::contains)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    /** Return whether a directory's disk has no room at all; one that does not tell is not full. */
    static boolean isFull(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace() < NOTHING;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Return one sentence about it. */
    public static String sentence(Path topdir) {
        return "the disk of " + topdir + " is full; make room there, or name another directory with --topdir or"
                + " CURTIN_VMTEST_TOPDIR";
    }

    /** Return what there is to say of it where nothing looked like the guest's failure. */
    static Evidence evidence(Path topdir) {
        return Evidence.of(sentence(topdir)).withFailure(new Failure(FailureClass.DISK_FULL, ""));
    }

    /** Return why a failure that looks like the guest's is the host's. */
    static Evidence evidence(Path topdir, Evidence looksLike) {
        return looksLike
                .withSummary(sentence(topdir))
                .withFailure(new Failure(FailureClass.DISK_FULL, looksLike.summary()));
    }
}
