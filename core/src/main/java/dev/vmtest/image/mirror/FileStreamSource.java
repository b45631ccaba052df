package dev.vmtest.image.mirror;

import dev.vmtest.image.ImageException;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Open the files of a stream that lies in a directory. */
final class FileStreamSource implements StreamSource {

    private final Path base;

    FileStreamSource(Path base) {
        this.base = base.toAbsolutePath().normalize();
    }

    @Override
    public URI locate(String path) {
        return base.resolve(path).toUri();
    }

    @Override
    public Content open(String path, long from) throws IOException, ImageException {
        Path file = base.resolve(path).normalize();
        if (!file.startsWith(base)) {
            throw new ImageException("the stream names the file '" + Printable.word(path) + "' outside of " + base, "");
        }
        try {
            long size = Files.size(file);
            long start = from <= size ? from : 0;
            InputStream body = Files.newInputStream(file);
            body.skipNBytes(start);
            return new Content(body, start, size);
        } catch (NoSuchFileException missing) {
            throw new ImageException("the stream has no file " + file, "", missing);
        }
    }
}
