package dev.vmtest.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Compute SHA-256 as hexadecimal digits: of one content at once, or of several parts one by one. */
public final class Sha256 {

    private static final int BUFFER_BYTES = 1 << 20;

    private final MessageDigest digest;

    /** Begin a hash of several parts. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * Return the hash of a file's content.
     *
     * @throws IOException if it cannot be read
     */
    public static String of(Path file) throws IOException {
        Sha256 all = new Sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                all.digest.update(buffer, 0, count);
            }
        }
        return all.hex();
    }

    /** Return the hash of a text in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Return the hash of bytes. */
    public static String of(byte[] bytes) {
        Sha256 all = new Sha256();
        all.digest.update(bytes);
        return all.hex();
    }

    /** Return the hash of a list of texts, so that no two lists have the same but by an accident of SHA-256. */
    public static String ofAll(Iterable<String> texts) {
        Sha256 all = new Sha256();
        texts.forEach(all::add);
        return all.hex();
    }

    /** Add a text as a part. */
    public Sha256 add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Add bytes as a part; the length before each says where one ends and the next begins. */
    public Sha256 add(byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }

    /** Return the hash of all parts; nothing can be added afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
