package dev.vmtest.facts;

/**
 * Describe a LUKS header, as {@code cryptsetup luksDump} told it.
 *
 * @param device the kernel name of the device that has the header
 * @param version 1 or 2
 * @param cipher cipher and mode as the device mapper writes them, such as {@code aes-xts-plain64}
 * @param keyBits how long the volume's key is, or 0 if that was not told
 * @param keySlots how many keys open it
 */
public record LuksHeader(String device, int version, String uuid, String cipher, int keyBits, int keySlots) {}
