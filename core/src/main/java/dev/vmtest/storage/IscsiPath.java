package dev.vmtest.storage;

import dev.vmtest.config.MapReader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hold the parts of a disk path of the form
 * {@code iscsi:[user:password[:iuser:ipassword]@]host:protocol:port:lun:target} (RFC 4173 with
 * credentials as curtin adds them).
 *
 * @param user the name with which the initiator logs in, or null
 * @param password its password, or null
 * @param targetUser the name with which the target answers (mutual CHAP), or null
 * @param targetPassword its password, or null
 * @param host name or address, without brackets
 * @param port TCP port, 3260 if absent
 * @param lun logical unit, 0 if absent
 * @param target the target's name
 */
public record IscsiPath(
        @Nullable String user,
        @Nullable String password,
        @Nullable String targetUser,
        @Nullable String targetPassword,
        String host,
        int port,
        int lun,
        String target) {

    private static final Pattern SHAPE = Pattern.compile("iscsi:(?:(?<credentials>[^@]*)@)?"
            + "(?<host>\\[[0-9a-fA-F:.]+\\]|[^:\\[\\]]+):(?<protocol>[0-9]*):(?<port>[0-9]{0,5}):(?<lun>[0-9]{0,5})"
            + ":(?<target>\\S+)");

    /** Return the parts of a path, or empty if it hasn't this form. */
    public static Optional<IscsiPath> parse(String path) {
        Matcher matcher = SHAPE.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String protocol = matcher.group("protocol");
        String credentials = matcher.group("credentials");
        String[] parts = credentials == null ? new String[0] : credentials.split(":", -1);
        int port = number(matcher.group("port"), 3260);
        boolean paired = parts.length == 0 || parts.length == 2 || parts.length == 4;
        if (!paired || port > 65535 || !(protocol.isEmpty() || protocol.equals("6"))) {
            return Optional.empty();
        }
        String user = part(parts, 0);
        String password = part(parts, 1);
        String targetUser = part(parts, 2);
        String targetPassword = part(parts, 3);
        if ((user == null) != (password == null) || (targetUser == null) != (targetPassword == null)) {
            return Optional.empty();
        }
        String host = matcher.group("host").replaceAll("^\\[|\\]$", "");
        return Optional.of(new IscsiPath(
                user,
                password,
                targetUser,
                targetPassword,
                host,
                port,
                number(matcher.group("lun"), 0),
                matcher.group("target")));
    }

    static void check(String path, MapReader reader) {
        // The word stands for an address that a run puts in its place.
        if (!path.matches("iscsi:__[A-Z0-9_]+__") && parse(path).isEmpty()) {
            reader.problem(
                    "path",
                    "'" + path + "' is not an iSCSI path",
                    "write iscsi:[user:password[:iuser:ipassword]@]host:6:3260:lun:target");
        }
    }

    private static @Nullable String part(String[] parts, int index) {
        return index >= parts.length || parts[index].isEmpty() ? null : parts[index];
    }

    private static int number(String digits, int absent) {
        return digits.isEmpty() ? absent : Integer.parseInt(digits);
    }
}
