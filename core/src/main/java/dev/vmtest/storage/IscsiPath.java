package dev.vmtest.storage;

import dev.vmtest.config.MapReader;
import dev.vmtest.secret.Secret;
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
        @Nullable Secret password,
        @Nullable String targetUser,
        @Nullable Secret targetPassword,
        String host,
        int port,
        int lun,
        String target) {

    /** What a path begins with. */
    public static final String SCHEME = "iscsi:";

    /** What the Python harness writes where the harness puts the address of a disk that it serves itself. */
    private static final String SERVED = "iscsi:__RFC4173__";

    private static final Pattern SHAPE = Pattern.compile("iscsi:(?:(?<credentials>[^@]*)@)?"
            + "(?<host>\\[[0-9a-fA-F:.]+\\]|[^:\\[\\]]+):(?<protocol>[0-9]*):(?<port>[0-9]{0,5}):(?<lun>[0-9]{0,5})"
            + ":(?<target>\\S+)");

    /** Return the parts of a path, or empty if it hasn't this form. */
    public static Optional<IscsiPath> parse(@Nullable String path) {
        if (path == null) {
            return Optional.empty();
        }
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
                Secret.ofNullable(password),
                targetUser,
                Secret.ofNullable(targetPassword),
                host,
                port,
                number(matcher.group("lun"), 0),
                matcher.group("target")));
    }

    /** Return whether a run puts the address of a disk of its own in the place of a path. */
    public static boolean isServedByTheRun(@Nullable String path) {
        return SERVED.equals(path);
    }

    /** Return whether a path leads over iSCSI. */
    public static boolean isIscsi(@Nullable String path) {
        return path != null && path.startsWith(SCHEME);
    }

    /** Return the portal, {@code HOST:PORT}; an IPv6 address stands in brackets. */
    public String portal() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Return a path of any kind as it may be shown: what stands before the address of an iSCSI disk may be secret. */
    public static String shown(String path) {
        int end = path.lastIndexOf('@');
        boolean hasPassword = isIscsi(path)
                && end >= 0
                && path.substring(SCHEME.length(), end).contains(":");
        return hasPassword ? SCHEME + Secret.SHOWN + path.substring(end) : path;
    }

    private static String password(@Nullable Secret secret) {
        return secret == null ? "" : secret.reveal();
    }

    /** Return the path that is parsed to this, with its passwords. */
    public String text() {
        StringBuilder text = new StringBuilder(SCHEME);
        if (user != null || targetUser != null) {
            text.append(user == null ? ":" : user + ":" + password(password));
            text.append(targetUser == null ? "" : ":" + targetUser + ":" + password(targetPassword));
            text.append('@');
        }
        text.append(host.contains(":") ? "[" + host + "]" : host);
        return text.append(":6:")
                .append(port)
                .append(':')
                .append(lun)
                .append(':')
                .append(target)
                .toString();
    }

    static void check(String path, MapReader reader) {
        if (!path.equals(SERVED) && parse(path).isEmpty()) {
            reader.problem(
                    "path",
                    "'" + shown(path) + "' is not an iSCSI path",
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
