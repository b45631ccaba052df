package dev.vmtest.facts;

/**
 * Describe an open encrypted mapping, as {@code dmsetup table} told it; the key is never among it.
 *
 * @param name the mapping's name
 * @param cipher such as {@code aes-xts-plain64}
 * @param deviceNumber {@code major:minor} of the encrypted device
 */
public record CryptMapping(String name, String cipher, String deviceNumber) {}
