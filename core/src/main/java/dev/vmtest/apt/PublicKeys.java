package dev.vmtest.apt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Find the public keys in a keyring, armored or not, by their fingerprints (RFC 4880, sections 4.2, 5.5.2 and 12.2; for
 * keys of version 6, RFC 9580).
 *
 * <p>A keyring is a guest's: what does not hold together ends the reading, and nothing in it is followed.
 */
public final class PublicKeys {

    private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private static final String END = "-----END PGP PUBLIC KEY BLOCK-----";

    private static final int PUBLIC_KEY = 6;
    private static final int PUBLIC_SUBKEY = 14;
    private static final int LARGEST = 4 << 20;

    private final byte[] bytes;
    private final List<String> fingerprints = new ArrayList<>();
    private int at;

    private PublicKeys(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Return the fingerprints of the keys and subkeys in a file, in capital letters; none if it holds none. */
    public static List<String> fingerprints(byte[] file) {
        if (file.length > LARGEST) {
            return List.of();
        }
        String text = new String(file, StandardCharsets.ISO_8859_1);
        return text.contains(BEGIN) ? ofArmor(text) : new PublicKeys(file).read();
    }

    /** A block has headers with colons, the key in base64, and a checksum that begins with an equals sign. */
    private static List<String> ofArmor(String text) {
        List<String> found = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        boolean isInside = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.equals(BEGIN)) {
                isInside = true;
                body.setLength(0);
            } else if (line.equals(END)) {
                isInside = false;
                decoded(body.toString()).ifPresent(key -> found.addAll(new PublicKeys(key).read()));
            } else if (isInside && line.indexOf(':') < 0 && !line.startsWith("=")) {
                body.append(line);
            }
        }
        return List.copyOf(found);
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Return the fingerprints of the keys in an armored text. */
    public static List<String> fingerprints(String armored) {
        return fingerprints(armored.getBytes(StandardCharsets.UTF_8));
    }

    /** Return whether a key's id, which is the end of its fingerprint, is one of some keys'. */
    public static boolean contains(List<String> fingerprints, String id) {
        String wanted = id.replaceAll("\\s", "").replaceFirst("^0[xX]", "").toUpperCase(Locale.ROOT);
        return !wanted.isEmpty() && fingerprints.stream().anyMatch(print -> print.endsWith(wanted));
    }

    private List<String> read() {
        try {
            while (at < bytes.length) {
                packet();
            }
        } catch (ArrayIndexOutOfBoundsException cut) {
            // What is cut off names no further key.
            return List.copyOf(fingerprints);
        }
        return List.copyOf(fingerprints);
    }

    private void packet() {
        int head = next();
        if ((head & 0x80) == 0) {
            at = bytes.length;
            return;
        }
        boolean isNew = (head & 0x40) != 0;
        int tag = isNew ? head & 0x3f : (head >> 2) & 0xf;
        long length = isNew ? newLength() : oldLength(head & 3);
        if (length < 0 || length > bytes.length - at) {
            at = bytes.length;
            return;
        }
        byte[] body = Arrays.copyOfRange(bytes, at, at + (int) length);
        at += (int) length;
        if ((tag == PUBLIC_KEY || tag == PUBLIC_SUBKEY) && body.length > 0) {
            add(body);
        }
    }

    private void add(byte[] body) {
        switch (body[0]) {
            case 4 -> fingerprints.add(digest("SHA-1", new byte[] {(byte) 0x99}, 2, body));
            case 6 -> fingerprints.add(digest("SHA-256", new byte[] {(byte) 0x9b}, 4, body));
            default -> {
                // Older versions have no fingerprint that apt would know.
            }
        }
    }

    private static String digest(String algorithm, byte[] begin, int lengthBytes, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(begin);
            for (int index = lengthBytes - 1; index >= 0; index--) {
                digest.update((byte) (body.length >> (8 * index)));
            }
            return HexFormat.of().withUpperCase().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private long newLength() {
        int first = next();
        if (first < 192) {
            return first;
        }
        if (first < 224) {
            return ((long) (first - 192) << 8) + next() + 192;
        }
        return first == 255 ? number(4) : -1;
    }

    private long oldLength(int kind) {
        return kind == 3 ? -1 : number(1 << kind);
    }

    private long number(int count) {
        long number = 0;
        for (int index = 0; index < count; index++) {
            number = number << 8 | next();
        }
        return number;
    }

    private int next() {
        return bytes[at++] & 0xff;
    }
}
