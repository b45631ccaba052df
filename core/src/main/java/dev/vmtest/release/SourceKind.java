package dev.vmtest.release;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Name how an installer is told to take a system: what curtin's {@code sources} say in front of an address, and {@code
 * vmtest: {source: …}} of the images here.
 *
 * <p>The names are those of {@code sanitize_source} in curtin's {@code util.py}.
 */
public enum SourceKind {
    TGZ("tgz", "root.tar.gz"),
    TBZ("tbz", "root.tar.bz"),
    TXZ("txz", "root.tar.xz"),
    FSIMAGE("fsimage", "root.img"),
    FSIMAGE_LAYERED("fsimage-layered", "base.upper.squashfs"),
    DD_RAW("dd-raw", "disk.raw"),
    DD_GZ("dd-gz", "disk.gz"),
    DD_BZ2("dd-bz2", "disk.bz2"),
    DD_XZ("dd-xz", "disk.xz"),
    DD_TAR("dd-tar", "disk.tar"),
    DD_TGZ("dd-tgz", "disk.tgz"),
    DD_TBZ("dd-tbz", "disk.tbz"),
    DD_TXZ("dd-txz", "disk.txz");

    private final String text;
    private final String fileName;

    SourceKind(String text, String fileName) {
        this.text = text;
        this.fileName = fileName;
    }

    /** Return the kind of a name, if there is one. */
    public static Optional<SourceKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /** Return all names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(SourceKind::text).collect(Collectors.joining(", "));
    }

    /** Return the name. */
    public String text() {
        return text;
    }

    /** Return the file that an installer is told, where the source is made here. */
    public String fileName() {
        return fileName;
    }

    /** Say whether it is a whole disk, with partitions of its own. */
    public boolean isDisk() {
        return text.startsWith("dd-");
    }

    /** Return {@link #text()}, for messages. */
    @Override
    public String toString() {
        return text;
    }
}
