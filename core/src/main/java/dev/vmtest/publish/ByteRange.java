package dev.vmtest.publish;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hold the part of a body that a request asks for.
 *
 * @param start the first byte
 * @param length the number of bytes; 0 means that the range lies outside the body
 */
record ByteRange(long start, long length) {

    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Read a Range header (RFC 9110, section 14.2).
     *
     * @return null if the header is missing or malformed or asks for several ranges: then the whole body is the answer
     */
    static @Nullable ByteRange parse(@Nullable String header, long size) {
        Matcher range = SINGLE.matcher(header == null ? "" : header.strip());
        if (!range.matches()) {
            return null;
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty() && last.isEmpty()) {
            return null;
        }
        if (first.isEmpty()) {
            long length = Math.min(Long.parseLong(last), size);
            return new ByteRange(size - length, length);
        }
        long start = Long.parseLong(first);
        long end = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (!last.isEmpty() && Long.parseLong(last) < start) {
            return null;
        }
        return start >= size ? new ByteRange(size, 0) : new ByteRange(start, end - start + 1);
    }
}
