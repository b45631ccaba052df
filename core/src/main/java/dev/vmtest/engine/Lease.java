package dev.vmtest.engine;

import dev.vmtest.files.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Tell units on other hosts that their run still lives: a file that changes again and again. Each host holds the changes
 * against its own clock.
 *
 * <p>An attempt has a link to it. A link that is gone ends that attempt; the file's end ends all.
 */
final class Lease {

    /** How many times it is renewed before it counts as forgotten. */
    private static final int RENEWALS = 6;

    private final Path file;
    private final Duration patience;
    private long renewed;
    private long beat;

    /**
     * Make the lease.
     *
     * @param patience after how long without a change a unit ends itself
     */
    Lease(Path file, Duration patience) throws IOException {
        this.file = file;
        this.patience = patience;
        write();
    }

    /** Renew it if it is time to. */
    void renew() throws IOException {
        if (System.nanoTime() - renewed > patience.toNanos() / RENEWALS) {
            write();
        }
    }

    private void write() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        var unused = NewFile.write(next, LeaseWatch.text(patience, beat++));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        renewed = System.nanoTime();
    }

    /** Let an attempt know that it is wanted. */
    void grant(Attempt attempt) throws IOException {
        Files.createSymbolicLink(attempt.lease(), file);
    }

    /** Let an attempt know that it is not wanted any more. */
    static void revoke(Attempt attempt) throws IOException {
        Files.deleteIfExists(attempt.lease());
    }
}
