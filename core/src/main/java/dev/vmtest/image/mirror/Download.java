package dev.vmtest.image.mirror;

import dev.vmtest.digest.Sha256;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.StreamItem;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Fetch one file to a place of its own, beginning where an earlier attempt was cut, until its size and hash are those
 * that the products file says.
 *
 * <p>The place is named by the hash, so that whatever was cut is the beginning of the right file, or is found out.
 */
final class Download {

    /** Attempts in a row that bring nothing. */
    private static final int FRUITLESS = 3;

    private static final int ATTEMPTS = 50;

    private final StreamSource source;
    private final StallWatch stalls;
    private final SyncListener listener;
    private final StreamItem item;
    private final Path partial;

    Download(StreamSource source, StallWatch stalls, SyncListener listener, StreamItem item, Path partial) {
        this.source = source;
        this.stalls = stalls;
        this.listener = listener;
        this.item = item;
        this.partial = partial;
    }

    /**
     * Fetch the file.
     *
     * @throws ImageException if it cannot be had; what is there of it stays for the next time unless it is wrong
     */
    void run() throws ImageException {
        try {
            boolean isFresh = present() == 0;
            listener.began(item.path(), present(), item.size());
            complete();
            if (isWhole()) {
                return;
            }
            Files.delete(partial);
            if (!isFresh) {
                listener.note(item.path() + ": what an earlier sync left of it is wrong, so it is fetched again");
                complete();
                if (isWhole()) {
                    return;
                }
                Files.delete(partial);
            }
        } catch (IOException failed) {
            throw new ImageException(
                    "the download " + partial + " cannot be read or removed: " + PlainTrouble.of(failed, partial),
                    "check the permissions of the image directory",
                    failed);
        }
        throw new ImageException(
                location() + " does not have the sha256 that the products file says",
                "it was thrown away; try again later, or tell who runs the server");
    }

    private String location() {
        return source.locate(item.path()).toString();
    }

    private boolean isWhole() throws IOException {
        return Sha256.of(partial).equals(item.sha256());
    }

    private long present() throws IOException {
        return Files.exists(partial) ? Files.size(partial) : 0;
    }

    private void complete() throws ImageException, IOException {
        int fruitless = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = present();
            if (before == item.size() && Files.exists(partial)) {
                return;
            }
            try {
                fetchFrom(before > item.size() ? 0 : before);
                return;
            } catch (StalledException hangs) {
                throw incomplete(hangs);
            } catch (IOException cut) {
                fruitless = present() > before ? 0 : fruitless + 1;
                if (fruitless == FRUITLESS || Thread.currentThread().isInterrupted()) {
                    throw incomplete(cut);
                }
            }
        }
        throw incomplete(new IOException("cut " + ATTEMPTS + " times"));
    }

    private ImageException incomplete(IOException why) throws IOException {
        return new ImageException(
                location() + " cannot be fetched, " + present() + " of " + item.size() + " bytes are there: "
                        + PlainTrouble.of(why),
                "try again: the next sync goes on from there",
                why);
    }

    private void fetchFrom(long wanted) throws IOException, ImageException {
        try (StreamSource.Content content = source.open(item.path(), wanted)) {
            if (content.total() >= 0 && content.total() != item.size()) {
                throw new ImageException(
                        location() + " has " + content.total() + " bytes, but the products file says " + item.size(),
                        "try again later, or tell who runs the server");
            }
            try (FileChannel file = openPartial(content.from());
                    StallWatch.Watched body = stalls.watch(content.body())) {
                copy(body, file, content.from());
            }
        }
    }

    private FileChannel openPartial(long from) throws ImageException {
        try {
            FileChannel file = FileChannel.open(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (from == 0) {
                file.truncate(0);
            }
            return file.position(from);
        } catch (IOException refused) {
            throw cannotWrite(refused);
        }
    }

    private void copy(StallWatch.Watched body, FileChannel file, long from) throws IOException, ImageException {
        byte[] buffer = new byte[1 << 17];
        long written = from;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (written + count > item.size()) {
                throw new ImageException(
                        location() + " sends more than the " + item.size() + " bytes that the products file says",
                        "try again later, or tell who runs the server");
            }
            write(file, ByteBuffer.wrap(buffer, 0, count));
            written += count;
            listener.progressed(item.path(), written);
        }
        if (written < item.size()) {
            throw new IOException("the server ends it after " + written + " bytes");
        }
    }

    private void write(FileChannel file, ByteBuffer bytes) throws ImageException {
        try {
            while (bytes.hasRemaining()) {
                int unused = file.write(bytes);
            }
        } catch (IOException full) {
            throw cannotWrite(full);
        }
    }

    private ImageException cannotWrite(IOException why) {
        return new ImageException(
                "the file " + partial + " cannot be written: " + PlainTrouble.of(why, partial),
                "make room and check permissions, then sync again: it goes on from there",
                why);
    }
}
