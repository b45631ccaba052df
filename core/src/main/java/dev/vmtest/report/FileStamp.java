package dev.vmtest.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tell whether a file is the one that was read before, without reading it.
 *
 * @param key what the file system knows it by; another file in its place has another
 */
record FileStamp(@Nullable Object key, @Nullable FileTime changed, long size) {

    /** There is no file. */
    static final FileStamp NONE = new FileStamp(null, null, -1);

    /** Return what is at a path now; a link counts as nothing. */
    static FileStamp of(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.isRegularFile() ? new FileStamp(now.fileKey(), now.lastModifiedTime(), now.size()) : NONE;
        } catch (IOException nothing) {
            return NONE;
        }
    }

    /** Return whether something is there. */
    boolean isThere() {
        return size >= 0;
    }

    /** Return whether both are one file, which may have grown meanwhile. */
    boolean isSameFile(FileStamp other) {
        return isThere() && other.isThere() && Objects.equals(key, other.key);
    }
}
