package dev.vmtest.facts;

/**
 * Describe one device of the device mapper.
 *
 * @param device the kernel name, such as {@code dm-0}
 * @param name the mapping's name
 * @param uuid the mapping's own identifier, whose beginning says who made it: {@code LVM-},
 *     {@code CRYPT-}, {@code mpath-}, {@code partN-mpath-}; may be empty
 */
public record MappedDevice(String device, String name, String uuid) {}
