package dev.vmtest.facts;

import java.util.List;

/**
 * Describe one entry of {@code /etc/fstab} (fstab(5)).
 *
 * @param line the line number, counted from 1
 * @param spec what is mounted
 * @param path where; {@code none} for swap
 * @param type the file system type
 * @param options the options, as one text
 * @param frequency field five, 0 when absent
 * @param passNumber field six, 0 when absent
 */
public record FstabEntry(
        int line, String spec, String path, String type, String options, int frequency, int passNumber) {

    /** Return the options in order. */
    public List<String> optionList() {
        return List.of(options.split(",", -1));
    }

    /** Return the entry as one fstab line. */
    @Override
    public String toString() {
        return String.join(" ", spec, path, type, options, Integer.toString(frequency), Integer.toString(passNumber));
    }
}
