package dev.vmtest.publish;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hold what comes before the body of an HTTP request (RFC 9112, sections 3 to 6).
 *
 * @param method such as {@code GET}
 * @param path the path as it was sent: nothing is decoded, so nothing can be smuggled in encoded; without the query
 * @param fields the header fields by their names in small letters
 */
record RequestHead(String method, String path, Map<String, String> fields) {

    /** The most bytes of a head. */
    static final int LIMIT = 16 * 1024;

    private static final int MOST_FIELDS = 100;
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([A-Z]{1,16}) (?:http://[^/ ]*)?(/[\\x21-\\x7e]*) HTTP/1\\.[01]");
    private static final Pattern FIELD =
            Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \\t]*([\\x20-\\x7e\\x80-\\xff\\t]*?)[ \\t]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    RequestHead {
        fields = Map.copyOf(fields);
    }

    /** Say that what was sent is no request that is answered. */
    static final class RefusedException extends Exception {
        RefusedException(String reason) {
            super(reason);
        }
    }

    /** Return how many bytes the head at the beginning of some bytes has, with the empty line; 0 if it goes on. */
    static int length(byte[] bytes, int count) {
        for (int at = 0; at < count; at++) {
            if (bytes[at] != '\n') {
                continue;
            }
            if (at + 1 < count && bytes[at + 1] == '\n') {
                return at + 2;
            }
            if (at + 2 < count && bytes[at + 1] == '\r' && bytes[at + 2] == '\n') {
                return at + 3;
            }
        }
        return 0;
    }

    /**
     * Read a head.
     *
     * @param length what {@link #length} returned
     * @throws RefusedException if it is none, or says twice how long the body is
     */
    static RequestHead parse(byte[] bytes, int length) throws RefusedException {
        String[] lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        Matcher line = REQUEST_LINE.matcher(lines[0]);
        if (!line.matches() || lines.length > MOST_FIELDS + 3) {
            throw new RefusedException("not a request");
        }
        Map<String, String> fields = new HashMap<>();
        for (int at = 1; at < lines.length && !lines[at].isEmpty(); at++) {
            Matcher field = FIELD.matcher(lines[at]);
            if (!field.matches()) {
                throw new RefusedException("not a header field");
            }
            String name = field.group(1).toLowerCase(Locale.ROOT);
            String before = fields.put(name, field.group(2));
            if (before != null && (name.equals("content-length") || name.equals("transfer-encoding"))) {
                throw new RefusedException("two lengths of one body");
            }
        }
        RequestHead head = new RequestHead(line.group(1), line.group(2).replaceFirst("[?#].*", ""), fields);
        head.requireLength();
        return head;
    }

    private void requireLength() throws RefusedException {
        String length = fields.get("content-length");
        String encoding = fields.get("transfer-encoding");
        if (encoding != null && (length != null || !encoding.equalsIgnoreCase("chunked"))) {
            throw new RefusedException("no length of the body that is understood");
        }
        if (length != null && !LENGTH.matcher(length).matches()) {
            throw new RefusedException("no number as the length of the body");
        }
    }

    /** Return a field. */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Return how many bytes the body has; -1 if it comes in chunks that say it. */
    long bodyLength() {
        return field("transfer-encoding").isPresent()
                ? -1
                : field("content-length").map(Long::parseLong).orElse(0L);
    }

    /** Return whether the client waits to be asked for its body. */
    boolean waitsToBeAsked() {
        return field("expect").filter("100-continue"::equalsIgnoreCase).isPresent();
    }
}
