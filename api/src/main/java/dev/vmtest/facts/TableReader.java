package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Read the kernel's and Debian's line-oriented tables. */
final class TableReader {

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    private TableReader() {}

    /** Read {@code /proc/self/mountinfo}: fields as in proc_pid_mountinfo(5). */
    static List<MountPoint> mountinfo(String source, String text) {
        List<MountPoint> mounts = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int separator = line.indexOf(" - ");
            String[] head =
                    separator < 0 ? new String[0] : line.substring(0, separator).split(" ", -1);
            String[] tail = separator < 0
                    ? new String[0]
                    : line.substring(separator + 3).split(" ", -1);
            if (head.length < 6 || tail.length < 3) {
                throw new NotCollectedException(source + " has a line that is no mount: '" + shorten(line) + "'");
            }
            Set<String> options = new HashSet<>(List.of(head[5].split(",", -1)));
            for (String option : tail[2].split(",", -1)) {
                if (option.equals("ro")) {
                    // A read-only super block makes the mount read-only, whatever the mount says.
                    options.remove("rw");
                }
                if (!option.equals("rw")) {
                    options.add(unescape(option));
                }
            }
            mounts.add(
                    new MountPoint(unescape(head[4]), unescape(tail[1]), tail[0], unescape(head[3]), head[2], options));
        }
        if (mounts.isEmpty()) {
            throw new NotCollectedException(source + " is empty");
        }
        return List.copyOf(mounts);
    }

    /** Read {@code /etc/fstab} as fstab(5) and getmntent(3) do. */
    static List<FstabEntry> fstab(String source, String text) {
        List<FstabEntry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            String[] fields = BLANKS.split(content, -1);
            if (fields.length < 3) {
                throw new NotCollectedException(
                        source + " line " + number + " is no entry of fstab: '" + shorten(line) + "'");
            }
            entries.add(new FstabEntry(
                    number,
                    unescape(fields[0]),
                    unescape(fields[1]),
                    fields[2],
                    fields.length > 3 ? unescape(fields[3]) : "defaults",
                    integer(source, fields, 4),
                    integer(source, fields, 5)));
        }
        return List.copyOf(entries);
    }

    /** Read {@code /proc/swaps}; its sizes are KiB. */
    static List<Swap> swaps(String source, String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).startsWith("Filename")) {
            throw new NotCollectedException(source + " has no heading of /proc/swaps");
        }
        List<Swap> swaps = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = BLANKS.split(line.strip(), -1);
            if (fields.length < 5) {
                throw new NotCollectedException(source + " has a line that is no swap: '" + shorten(line) + "'");
            }
            swaps.add(new Swap(
                    unescape(fields[0]), fields[1], Long.parseLong(fields[2]) * 1024, Integer.parseInt(fields[4])));
        }
        return List.copyOf(swaps);
    }

    /** Read the total of {@code /proc/meminfo}, which is in KiB. */
    static long memory(String source, String text) {
        for (String line : text.lines().toList()) {
            String[] fields = BLANKS.split(line.strip(), -1);
            if (fields.length > 1 && fields[0].equals("MemTotal:")) {
                return kibibytes(source, fields[1]);
            }
        }
        throw new NotCollectedException(source + " has no MemTotal");
    }

    /** Read the fourth column of {@code df -P -k} (df(1)). */
    static long freeSpace(String source, String text, String mountPath) {
        for (String line : text.lines().toList()) {
            String[] fields = BLANKS.split(line.strip(), 6);
            if (fields.length == 6 && fields[5].equals(mountPath)) {
                return kibibytes(source, fields[3]);
            }
        }
        throw new NotCollectedException(source + " has no line of " + mountPath);
    }

    private static long kibibytes(String source, String number) {
        try {
            return Math.multiplyExact(Long.parseLong(number), 1024L);
        } catch (NumberFormatException | ArithmeticException malformed) {
            throw new NotCollectedException(source + " has a number that is none");
        }
    }

    /** Read {@code dpkg-query}'s status, package and version, separated by tabs. */
    static Map<String, DebianPackage> packages(String source, String text) {
        Map<String, DebianPackage> packages = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] fields = line.split("\t", -1);
            if (fields.length == 3) {
                packages.put(fields[1], new DebianPackage(fields[1], fields[2], fields[0]));
            }
        }
        if (packages.isEmpty()) {
            throw new NotCollectedException(source + " lists no package");
        }
        return packages;
    }

    /** Read lines of {@code NAME=value}, quoted as a shell does it. */
    static Map<String, String> variables(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                String value = line.substring(equals + 1).strip();
                if (value.length() > 1 && "\"'".indexOf(value.charAt(0)) >= 0) {
                    value = value.substring(1, Math.max(1, value.length() - 1));
                }
                variables.put(line.substring(0, equals).strip(), value);
            }
        }
        return variables;
    }

    private static int integer(String source, String[] fields, int index) {
        if (fields.length <= index) {
            return 0;
        }
        try {
            return Integer.parseInt(fields[index]);
        } catch (NumberFormatException malformed) {
            throw new NotCollectedException(
                    source + " has the field '" + shorten(fields[index]) + "', which is no number");
        }
    }

    /** Undo the kernel's octal escapes of blanks and backslashes. */
    static String unescape(String text) {
        Matcher octal = OCTAL.matcher(text);
        return octal.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
    }

    private static String shorten(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
