package dev.vmtest.facts;

import java.util.List;

/**
 * Describe one entry of {@code /etc/crypttab} (crypttab(5)).
 *
 * @param keyFile where the key comes from; {@code none} asks for it
 */
public record CrypttabEntry(String name, String source, String keyFile, List<String> options) {

    public CrypttabEntry {
        options = List.copyOf(options);
    }
}
