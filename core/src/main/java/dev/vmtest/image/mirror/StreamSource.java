package dev.vmtest.image.mirror;

import dev.vmtest.image.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Open the files of an image stream. */
interface StreamSource {

    /** Return where a file of the stream is, for messages. */
    URI locate(String path);

    /**
     * Open a file.
     *
     * @param path relative to the stream's base
     * @param from the first byte that is wanted; the answer says which it begins with
     * @throws IOException if the connection failed, which may be tried again
     * @throws ImageException if the file cannot be had
     */
    Content open(String path, long from) throws IOException, ImageException;

    /**
     * Hold an open file.
     *
     * @param body its bytes
     * @param from the number of its first byte: what was asked for, or 0
     * @param total the size of the whole file, -1 if that is not known
     */
    record Content(InputStream body, long from, long total) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
