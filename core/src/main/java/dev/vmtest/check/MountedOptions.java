package dev.vmtest.check;

import dev.vmtest.facts.MountPoint;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Compare the options of an fstab entry with those the kernel shows.
 *
 * <p>Only options with a visible form are compared (mount(8), ext4(5), xfs(5), btrfs(5), tmpfs(5)); the
 * rest, such as {@code nofail} or {@code x-systemd.*}, is known from fstab alone.
 */
final class MountedOptions {

    /** Options that the kernel shows as they were given. */
    private static final Set<String> VERBATIM = Set.of(
            "ro",
            "nosuid",
            "nodev",
            "noexec",
            "sync",
            "dirsync",
            "noatime",
            "nodiratime",
            "lazytime",
            "usrquota",
            "grpquota",
            "prjquota",
            "data=journal",
            "data=writeback",
            "errors=remount-ro",
            "errors=panic",
            "autodefrag",
            "nodatacow",
            "nodatasum",
            "nossd",
            "noacl");

    /** Options whose value the kernel completes, as {@code compress=zlib} to {@code compress=zlib:3}. */
    private static final Set<String> COMPLETED = Set.of("compress", "compress-force", "discard");

    private MountedOptions() {}

    /** Return the options that should be in force on a mount but are not. */
    static List<String> missing(List<String> asked, MountPoint mount) {
        List<String> missing = new ArrayList<>();
        boolean readOnly = asked.contains("ro");
        if (!readOnly && mount.options().contains("ro")) {
            missing.add("rw");
        }
        for (String option : asked) {
            if (!inForce(option, mount, asked)) {
                missing.add(option);
            }
        }
        return missing;
    }

    private static boolean inForce(String option, MountPoint mount, List<String> asked) {
        Set<String> shown = mount.options();
        if (VERBATIM.contains(option)) {
            return shown.contains(option);
        }
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        if (COMPLETED.contains(name)) {
            return shown.stream().anyMatch(other -> completes(option, other));
        }
        return switch (name) {
            case "relatime" -> shown.contains("relatime");
            case "strictatime" -> !shown.contains("relatime") && !shown.contains("noatime");
            case "subvol" -> shown.contains("subvol=" + (value.startsWith("/") ? value : "/" + value));
            case "size" -> !mount.fileSystem().equals("tmpfs") || sameSize(value, shown);
            case "mode" -> !mount.fileSystem().equals("tmpfs") || sameMode(value, shown);
            case "umask" -> hasMask("fmask", value, shown, asked) && hasMask("dmask", value, shown, asked);
            case "fmask", "dmask" -> hasMask(name, value, shown, List.of());
            case "uid", "gid" -> value.equals("0") || !mount.fileSystem().equals("vfat") || shown.contains(option);
            case "commit" -> value.equals("5") || value.equals("30") || shown.contains(option);
            default -> true;
        };
    }

    private static boolean completes(String option, String shown) {
        if (shown.equals(option)) {
            return true;
        }
        boolean longer = shown.startsWith(option) && shown.length() > option.length();
        return longer && (shown.charAt(option.length()) == ':' || shown.charAt(option.length()) == '=');
    }

    private static boolean hasMask(String name, String value, Set<String> shown, List<String> asked) {
        if (asked.stream().anyMatch(option -> option.startsWith(name + "="))) {
            return true;
        }
        return shown.stream()
                .filter(option -> option.startsWith(name + "="))
                .anyMatch(option -> octal(option.substring(name.length() + 1)).equals(octal(value)));
    }

    private static boolean sameMode(String value, Set<String> shown) {
        String mode = valueOf("mode", shown);
        return octal(mode.isEmpty() ? "1777" : mode).equals(octal(value));
    }

    private static boolean sameSize(String value, Set<String> shown) {
        return value.endsWith("%") || bytes(valueOf("size", shown)).equals(bytes(value));
    }

    private static String valueOf(String name, Set<String> shown) {
        return shown.stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static String octal(String text) {
        return text.matches("[0-7]{1,10}") ? new BigInteger(text, 8).toString() : text;
    }

    /** Return a size with a suffix of tmpfs(5) in bytes, as text. */
    private static String bytes(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.matches("[0-9]{1,15}[kmg]?")) {
            return text;
        }
        int shift = switch (lower.charAt(lower.length() - 1)) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
        };
        String digits = shift == 0 ? lower : lower.substring(0, lower.length() - 1);
        return new BigInteger(digits).shiftLeft(shift).toString();
    }
}
