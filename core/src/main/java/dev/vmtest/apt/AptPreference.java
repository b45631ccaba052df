package dev.vmtest.apt;

import dev.vmtest.config.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Describe how much apt prefers some versions of some packages (apt_preferences(5)).
 *
 * @param packages names or patterns, separated by blanks
 * @param pin which versions, such as {@code release n=bookworm}
 * @param priority how much
 */
public record AptPreference(Location location, String packages, String pin, String priority) {

    /** Where they are written. */
    public static final String FILE = "/etc/apt/preferences.d/90curtin.pref";

    /** Return the lines of the file that say this. */
    public String text() {
        return "Package: " + packages + "\nPin: " + pin + "\nPin-Priority: " + priority + "\n";
    }

    /** Return whether it says the same as a record of a file. */
    public boolean isSaidBy(Map<String, String> record) {
        return packages.equals(record.get("package"))
                && pin.equals(record.get("pin"))
                && priority.equals(record.get("pin-priority"));
    }

    /** Return the records of a file, each with its fields by their names in small letters. */
    public static List<Map<String, String>> records(String text) {
        List<Map<String, String>> records = new ArrayList<>();
        Map<String, String> record = new HashMap<>();
        for (String line : (text + "\n\n").lines().toList()) {
            int colon = line.indexOf(':');
            if (line.isBlank() && !record.isEmpty()) {
                records.add(Map.copyOf(record));
                record.clear();
            } else if (colon > 0 && !line.startsWith("#")) {
                record.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return List.copyOf(records);
    }
}
