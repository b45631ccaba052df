package dev.vmtest.image;

import dev.vmtest.process.LockFile;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Hold an image tree so that no file of it vanishes or changes meanwhile (shared, as runs do), or so that nobody uses it
 * (exclusive, to remove and replace files).
 *
 * <p>Whoever wants the tree alone announces it by a second lock, which new users wait for: otherwise a stream of runs
 * would keep it waiting for ever. A holder that is killed holds nothing any more.
 */
public final class ImageTreeLock implements AutoCloseable {

    private final LockFile.Held use;
    private final LockFile.Held intent;

    private ImageTreeLock(LockFile.Held use, LockFile.Held intent) {
        this.use = use;
        this.intent = intent;
    }

    /**
     * Use a tree together with others.
     *
     * @param limit the longest wait for somebody who changes it; a negative one is for ever
     *     (CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT)
     * @param waiting is run once if there is a wait
     * @throws ImageException if it takes longer
     */
    @SuppressWarnings("try") // the intent's lock is held, not used
    public static ImageTreeLock shared(ImageDirectory directory, Duration limit, Runnable waiting)
            throws ImageException {
        LockFile use = LockFile.of(directory.useLock());
        Optional<LockFile.Held> joined = use.joinShared();
        if (joined.isPresent()) {
            return new ImageTreeLock(joined.get(), () -> {});
        }
        Once told = new Once(waiting);
        String who = "are being changed by another vmtest";
        try (LockFile.Held unused = acquire(directory, directory.intentLock(), true, limit, told, who)) {
            return new ImageTreeLock(acquire(directory, directory.useLock(), true, limit, told, who), () -> {});
        } catch (IOException failed) {
            throw cannotLock(directory, failed);
        }
    }

    /**
     * Have a tree alone, once everybody who uses it has ended.
     *
     * @param limit the longest wait; a negative one is for ever (CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT)
     * @param waiting is run once if there is a wait
     * @throws ImageException if it takes longer
     */
    public static ImageTreeLock exclusive(ImageDirectory directory, Duration limit, Runnable waiting)
            throws ImageException {
        Once told = new Once(waiting);
        String who = "are in use by a run";
        LockFile.Held intent = acquire(directory, directory.intentLock(), false, limit, told, who);
        try {
            return new ImageTreeLock(acquire(directory, directory.useLock(), false, limit, told, who), intent);
        } catch (ImageException | RuntimeException failed) {
            try {
                intent.close();
            } catch (IOException trouble) {
                failed.addSuppressed(trouble);
            }
            throw failed;
        }
    }

    private static LockFile.Held acquire(
            ImageDirectory directory, Path file, boolean shared, Duration limit, Runnable waiting, String who)
            throws ImageException {
        try {
            LockFile lock = LockFile.of(file);
            return (shared ? lock.shared(limit, waiting) : lock.exclusive(limit, waiting))
                    .orElseThrow(() -> new ImageException(
                            "the images of " + directory.root() + " " + who + ", for longer than " + limit.toSeconds()
                                    + " s",
                            "try again, or set CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT to more seconds or to -1"));
        } catch (IOException failed) {
            throw cannotLock(directory, failed);
        }
    }

    private static ImageException cannotLock(ImageDirectory directory, IOException failed) {
        return new ImageException(
                "the images of " + directory.root() + " cannot be locked: " + PlainTrouble.of(failed),
                "check the permissions of " + directory.useLock().getParent(),
                failed);
    }

    @Override
    public void close() throws ImageException {
        try {
            try {
                use.close();
            } finally {
                intent.close();
            }
        } catch (IOException failed) {
            throw new ImageException(
                    "a lock of the images cannot be given back: " + PlainTrouble.of(failed), "", failed);
        }
    }

    /** Run something the first time only: two locks may have to be waited for. */
    private static final class Once implements Runnable {

        private final Runnable action;
        private boolean done;

        Once(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (!done) {
                done = true;
                action.run();
            }
        }
    }
}
