package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hold the boot entries in the NVRAM of a machine that boots by UEFI, as {@code efibootmgr -v} prints them.
 *
 * @param current the number of the entry that started the system; empty if none did
 * @param order the numbers in the order in which firmware tries them
 */
public record FirmwareEntries(String current, List<String> order, List<Entry> entries) {

    private static final Pattern ENTRY = Pattern.compile("Boot([0-9A-Fa-f]{4})[* ] ([^\t]*)(?:\t(.*))?");
    private static final Pattern FILE = Pattern.compile("(?:File\\(|/)(\\\\[^)]*)\\)?");

    public FirmwareEntries {
        order = List.copyOf(order);
        entries = List.copyOf(entries);
    }

    /**
     * Hold one entry.
     *
     * @param number four hexadecimal digits
     * @param path what it starts, in the words of efibootmgr
     */
    public record Entry(String number, String name, String path) {

        /** Return the file that it starts, with backslashes as UEFI writes them; empty if it starts none. */
        public String file() {
            Matcher matcher = FILE.matcher(path);
            return matcher.find() ? matcher.group(1) : "";
        }

        /** Return whether firmware fetches what it starts from the network. */
        public boolean isNetwork() {
            return name.matches("(?i).*\\b(network|PXE|HTTP|IPv?[46])(v[46])?\\b.*") || path.contains("/MAC(");
        }

        @Override
        public String toString() {
            return number + " " + name + " " + path;
        }
    }

    /** Read what was collected. */
    public static FirmwareEntries read(Facts facts) {
        String current = "";
        List<String> order = List.of();
        List<Entry> entries = new ArrayList<>();
        for (String line : facts.lines("efibootmgr.out")) {
            Matcher entry = ENTRY.matcher(line);
            if (line.startsWith("BootCurrent: ")) {
                current = line.substring("BootCurrent: ".length()).strip();
            } else if (line.startsWith("BootOrder: ")) {
                order = Arrays.asList(
                        line.substring("BootOrder: ".length()).strip().split(",", -1));
            } else if (entry.matches()) {
                entries.add(new Entry(
                        entry.group(1), entry.group(2).strip(), entry.group(3) == null ? "" : entry.group(3)));
            }
        }
        return new FirmwareEntries(current, order, entries);
    }
}
