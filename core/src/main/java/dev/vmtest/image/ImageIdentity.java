package dev.vmtest.image;

/**
 * Say which image a build makes: what stands in the index beside its version.
 *
 * @param release the code name
 * @param arch Debian's name of the architecture
 * @param subarch the variant's name in products files
 * @param inputs a hash over everything that it is made from
 */
public record ImageIdentity(String release, String arch, String subarch, String inputs) {}
