package dev.vmtest.archive;

import java.util.List;

/**
 * Say what became of an archive.
 *
 * @param entries the number of entries that were unpacked
 * @param bytes the bytes of all files, holes included
 * @param refused the entries that were left out, in the archive's order
 */
public record ExtractReport(int entries, long bytes, List<Refused> refused) {

    public ExtractReport {
        refused = List.copyOf(refused);
    }

    /**
     * Name an entry that was left out.
     *
     * @param name its name as the archive has it, cut where it is long and with control characters replaced
     * @param reason why
     */
    public record Refused(String name, String reason) {
        @Override
        public String toString() {
            return name + ": " + reason;
        }
    }
}
