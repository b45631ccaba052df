package dev.vmtest.publish;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Hold a file that came with a report event. The path is the guest's and is not to be used on the host. */
public final class ReportedFile {

    private final String path;
    private final byte[] content;

    public ReportedFile(String path, byte[] content) {
        this.path = path;
        this.content = content.clone();
    }

    /** Return where the guest has it, such as {@code /tmp/install.log}. */
    public String path() {
        return path;
    }

    /** Return a copy of its bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** Return its bytes as UTF-8; what is malformed is replaced. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReportedFile that && path.equals(that.path) && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return path + " (" + content.length + " bytes)";
    }
}
