package dev.vmtest.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Write archives that no honest tar would write. */
final class TarBuilder {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    TarBuilder() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    }

    TarBuilder file(String name, String content) {
        return entry(name, TarConstants.LF_NORMAL, "", 0644, content);
    }

    TarBuilder file(String name, int mode, String content) {
        return entry(name, TarConstants.LF_NORMAL, "", mode, content);
    }

    TarBuilder directory(String name, int mode) {
        return entry(name + "/", TarConstants.LF_DIR, "", mode, "");
    }

    TarBuilder symbolicLink(String name, String target) {
        return entry(name, TarConstants.LF_SYMLINK, target, 0777, "");
    }

    TarBuilder hardLink(String name, String target) {
        return entry(name, TarConstants.LF_LINK, target, 0644, "");
    }

    TarBuilder entry(String name, byte type, String link, int mode, String content) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        entry.setSize(data.length);
        entry.setMode(mode);
        entry.setLinkName(link);
        entry.setUserId(12345);
        try {
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    byte[] bytes() {
        try {
            tar.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    Path writeTo(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
