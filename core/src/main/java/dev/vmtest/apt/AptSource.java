package dev.vmtest.apt;

import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import org.jspecify.annotations.Nullable;

/**
 * Describe an entry of the key sources: what goes into a file of its own, and the key that apt is to trust for it.
 *
 * @param location where the entry stands
 * @param name its key
 * @param source what the file says, with variables; null where there is only a key
 * @param key an armored public key, or null
 * @param keyId the end of a key's fingerprint, or null
 * @param keyServer whom to ask for the key where there is only its id, or null
 * @param fileName another name of the file than the entry's, or null
 */
public record AptSource(
        Location location,
        String name,
        @Nullable Placed<String> source,
        @Nullable Placed<String> key,
        @Nullable Placed<String> keyId,
        @Nullable Placed<String> keyServer,
        @Nullable String fileName) {

    private static final String SOURCES = "/etc/apt/sources.list.d/";

    /** Where the keys lie that apt trusts for every source. */
    public static final String KEYS = "/etc/apt/trusted.gpg.d/";

    /**
     * Return the path of the file, whose ending fits its form.
     *
     * @param paragraphs whether it is of the newer form, deb822
     */
    public String file(boolean paragraphs) {
        String ending = paragraphs ? ".sources" : ".list";
        String path = written().startsWith("/") ? written() : SOURCES + written();
        int slash = path.lastIndexOf('/');
        int dot = path.lastIndexOf('.');
        boolean hasEnding = dot > slash + 1;
        return (hasEnding ? path.substring(0, dot) : path) + ending;
    }

    /** Return the path of the file that holds the key. */
    public String keyFile() {
        return KEYS + written().substring(written().lastIndexOf('/') + 1) + ".asc";
    }

    private String written() {
        return fileName == null ? name : fileName;
    }
}
