package dev.vmtest.archive;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Find how large an entry says that its file is, in headers that the library cannot read: it takes some of the numbers
 * for ints, and some that GNU tar writes in base 256 for octal digits.
 *
 * <p>Sources: pax(1), "pax Extended Header"; the GNU tar manual, "Storing Sparse Files" and "Basic Tar Format".
 */
final class ClaimedSize {

    private static final int RECORD = 512;
    private static final int TYPE = 156;
    private static final byte SPARSE = 'S';
    private static final int REAL_SIZE = 483;
    private static final int NUMBER = 12;
    private static final Pattern IN_PAX_HEADER =
            Pattern.compile("(?:^|[\\n\\x00])\\d+ (?:size|GNU\\.sparse\\.(?:real)?size)=(\\d{1,40})\\n");

    private ClaimedSize() {}

    /**
     * Return the largest size that is claimed, in bytes; 0 if there is none.
     *
     * @param headers what was read from the beginning of a record on
     */
    static BigInteger of(byte[] headers) {
        BigInteger largest = BigInteger.ZERO;
        Matcher claim = IN_PAX_HEADER.matcher(new String(headers, StandardCharsets.ISO_8859_1));
        while (claim.find()) {
            largest = largest.max(new BigInteger(claim.group(1)));
        }
        for (int record = 0; record + RECORD <= headers.length; record += RECORD) {
            if (headers[record + TYPE] == SPARSE) {
                largest = largest.max(number(headers, record + REAL_SIZE));
            }
        }
        return largest;
    }

    /** A number of the high bit and 95 more; octal digits are the library's. */
    private static BigInteger number(byte[] headers, int at) {
        if ((headers[at] & 0x80) == 0 || headers[at] == (byte) 0xff) {
            return BigInteger.ZERO;
        }
        byte[] magnitude = Arrays.copyOfRange(headers, at, at + NUMBER);
        magnitude[0] &= 0x7f;
        return new BigInteger(1, magnitude);
    }
}
