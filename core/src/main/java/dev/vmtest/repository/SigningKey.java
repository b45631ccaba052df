package dev.vmtest.repository;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Sign as OpenPGP does (RFC 4880), with a key that lives only as long as this object: RSA of 2048 bits, SHA-512, version 4.
 *
 * <p>No program keeps it, no directory, and no agent is left behind.
 */
public final class SigningKey {

    private static final int BITS = 2048;
    private static final int RSA = 1;
    private static final int SHA_512 = 10;

    private static final int SIGNATURE_OF_BYTES = 0x00;
    private static final int SIGNATURE_OF_TEXT = 0x01;
    private static final int CERTIFICATION = 0x13;

    private static final int SIGNATURE_PACKET = 2;
    private static final int PUBLIC_KEY_PACKET = 6;
    private static final int USER_ID_PACKET = 13;

    private static final int CREATED = 2;
    private static final int PREFERRED_HASHES = 21;
    private static final int ISSUER = 16;
    private static final int KEY_FLAGS = 27;
    private static final int ISSUER_FINGERPRINT = 33;

    /** Certify and sign. */
    private static final int FLAGS = 0x03;

    private static final int LINE = 64;

    private final PrivateKey secret;
    private final byte[] key;
    private final String user;
    private final long created;
    private final byte[] fingerprint;

    private SigningKey(KeyPair pair, String user, Instant created) {
        this.secret = pair.getPrivate();
        this.user = user;
        this.created = created.getEpochSecond();
        this.key = publicKey((RSAPublicKey) pair.getPublic());
        this.fingerprint = digest("SHA-1", hashed(key));
    }

    /**
     * Make a key.
     *
     * @param user whose it says it is
     * @param created when it says it was made; guests whose clock is before that do not trust it
     */
    public static SigningKey make(String user, Instant created) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new SigningKey(generator.generateKeyPair(), user, created);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Return the fingerprint, in capital hexadecimal digits. */
    public String fingerprint() {
        return HexFormat.of().withUpperCase().formatHex(fingerprint);
    }

    /** Return the public key with its owner, armored. */
    public String armored() {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        byte[] certified = join(hashed(key), new byte[] {(byte) 0xb4}, number(name.length, 4), name);
        byte[] flags = join(subpacket(KEY_FLAGS, FLAGS), subpacket(PREFERRED_HASHES, SHA_512));
        return armor(
                "PUBLIC KEY BLOCK",
                join(
                        packet(PUBLIC_KEY_PACKET, key),
                        packet(USER_ID_PACKET, name),
                        packet(SIGNATURE_PACKET, signature(CERTIFICATION, certified, flags))));
    }

    /** Return a text with its signature around it, as in {@code InRelease}; it ends with a newline. */
    public String clearSigned(String text) {
        // A signature of text is one of lines that end as on a network, without blanks at their ends (section 7.1).
        String canonical = String.join(
                "\r\n", text.stripTrailing().lines().map(String::stripTrailing).toList());
        byte[] signature = signature(SIGNATURE_OF_TEXT, canonical.getBytes(StandardCharsets.UTF_8), new byte[0]);
        StringBuilder signed = new StringBuilder("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n");
        text.stripTrailing()
                .lines()
                .forEach(line -> signed.append(line.startsWith("-") ? "- " : "")
                        .append(line)
                        .append('\n'));
        return signed.append(armor("SIGNATURE", packet(SIGNATURE_PACKET, signature)))
                .toString();
    }

    /** Return a signature of a file beside it, as in {@code Release.gpg}. */
    public String detached(byte[] file) {
        return armor("SIGNATURE", packet(SIGNATURE_PACKET, signature(SIGNATURE_OF_BYTES, file, new byte[0])));
    }

    /** The algorithm's two numbers behind the time of the key (section 5.5.2). */
    private byte[] publicKey(RSAPublicKey pair) {
        return join(
                new byte[] {4},
                number(created, 4),
                new byte[] {RSA},
                integer(pair.getModulus()),
                integer(pair.getPublicExponent()));
    }

    private static byte[] hashed(byte[] key) {
        return join(new byte[] {(byte) 0x99}, number(key.length, 2), key);
    }

    /** Return the body of a signature (section 5.2.3) of some bytes. */
    private byte[] signature(int type, byte[] content, byte[] further) {
        byte[] about = join(
                subpacket(CREATED, number(created, 4)),
                subpacket(ISSUER_FINGERPRINT, join(new byte[] {4}, fingerprint)),
                further);
        byte[] head = join(new byte[] {4, (byte) type, RSA, SHA_512}, number(about.length, 2), about);
        byte[] signed = join(content, head, new byte[] {4, (byte) 0xff}, number(head.length, 4));
        byte[] issuer = subpacket(ISSUER, Arrays.copyOfRange(fingerprint, fingerprint.length - 8, fingerprint.length));
        return join(
                head,
                number(issuer.length, 2),
                issuer,
                Arrays.copyOf(digest("SHA-512", signed), 2),
                integer(new BigInteger(1, sign(signed))));
    }

    private byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA512withRSA");
            signature.initSign(secret);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] subpacket(int type, int value) {
        return subpacket(type, new byte[] {(byte) value});
    }

    private static byte[] subpacket(int type, byte[] value) {
        return join(new byte[] {(byte) (value.length + 1), (byte) type}, value);
    }

    /** A packet of the newer form, with a length of five bytes (section 4.2.2). */
    private static byte[] packet(int tag, byte[] body) {
        return join(new byte[] {(byte) (0xc0 | tag), (byte) 0xff}, number(body.length, 4), body);
    }

    /** A number with its length in bits (section 3.2). */
    private static byte[] integer(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] magnitude = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return join(number(value.bitLength(), 2), magnitude);
    }

    private static byte[] number(long value, int bytes) {
        byte[] number = new byte[bytes];
        for (int index = 0; index < bytes; index++) {
            number[index] = (byte) (value >>> (8 * (bytes - 1 - index)));
        }
        return number;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static String armor(String what, byte[] content) {
        String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        String checksum = Base64.getEncoder().encodeToString(number(checksum(content), 3));
        return "-----BEGIN PGP " + what + "-----\n\n" + lines + "\n=" + checksum + "\n-----END PGP " + what + "-----\n";
    }

    /** CRC-24 (section 6.1). */
    private static long checksum(byte[] content) {
        long crc = 0xb704ceL;
        for (byte each : content) {
            crc ^= (each & 0xffL) << 16;
            for (int bit = 0; bit < 8; bit++) {
                crc <<= 1;
                if ((crc & 0x1000000L) != 0) {
                    crc ^= 0x1864cfbL;
                }
            }
        }
        return crc & 0xffffffL;
    }

    static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(algorithm.toLowerCase(Locale.ROOT), missing);
        }
    }

    /** Show whose it is, and nothing of the key. */
    @Override
    public String toString() {
        return user + " " + fingerprint();
    }
}
