package dev.vmtest.network;

import java.math.BigInteger;
import java.util.Optional;

/** Read netmasks: the length of a prefix, or a mask of ones and then zeros, dotted or with colons. */
final class Netmask {

    private Netmask() {}

    /** Return the length of the prefix; nothing where the text is no netmask of the family. */
    static Optional<Integer> prefix(String text, Family family) {
        if (text.matches("[0-9]{1,3}")) {
            int prefix = Integer.parseInt(text);
            return prefix <= family.bits() ? Optional.of(prefix) : Optional.empty();
        }
        return IpAddress.parse(text)
                .filter(mask -> mask.family() == family)
                .flatMap(mask -> ones(mask.value(), family.bits()));
    }

    private static Optional<Integer> ones(BigInteger mask, int bits) {
        int ones = mask.bitCount();
        BigInteger contiguous =
                BigInteger.ONE.shiftLeft(ones).subtract(BigInteger.ONE).shiftLeft(bits - ones);
        return mask.equals(contiguous) ? Optional.of(ones) : Optional.empty();
    }
}
