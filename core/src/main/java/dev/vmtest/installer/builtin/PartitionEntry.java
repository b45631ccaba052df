package dev.vmtest.installer.builtin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Describe one partition of a table that will be written.
 *
 * @param number its number in the table
 * @param start the byte where it begins
 * @param size its bytes
 * @param type a GPT type GUID, or an msdos type in hexadecimal digits
 * @param name its GPT name, or null
 * @param uuid its GPT UUID, or null
 * @param attributes its GPT attributes in sfdisk's words
 * @param bootable whether the msdos active flag is set
 */
public record PartitionEntry(
        int number,
        long start,
        long size,
        String type,
        @Nullable String name,
        @Nullable String uuid,
        List<String> attributes,
        boolean bootable) {

    public PartitionEntry {
        attributes = List.copyOf(attributes);
    }

    /** Return the byte after the last one. */
    public long end() {
        return start + size;
    }

    /** Return the line that {@code partition_disk} of the shell library reads. */
    String line() {
        StringBuilder line = new StringBuilder();
        line.append(number)
                .append(' ')
                .append(start)
                .append(' ')
                .append(size)
                .append(" type=")
                .append(type);
        if (uuid != null) {
            line.append(", uuid=").append(uuid.toUpperCase(Locale.ROOT));
        }
        if (name != null) {
            line.append(", name=\"").append(hexadecimal(name)).append('"');
        }
        if (!attributes.isEmpty()) {
            line.append(", attrs=\"").append(String.join(" ", attributes)).append('"');
        }
        return line.append(bootable ? ", bootable" : "").toString();
    }

    /** Write everything but letters and digits as {@code \xNN}, which sfdisk reads back (sfdisk(8), name). */
    private static String hexadecimal(String text) {
        StringBuilder hexadecimal = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
            hexadecimal.append(plain ? String.valueOf((char) each) : String.format("\\x%02x", each));
        }
        return hexadecimal.toString();
    }
}
