package dev.vmtest.image;

import java.nio.file.Path;

/**
 * Name one file of an image, an item of the products file.
 *
 * @param ftype what it is: {@code boot-kernel}, {@code boot-initrd}, {@code squashfs}, {@code target.squashfs},
 *     {@code manifest}
 * @param path the file
 * @param size bytes
 * @param sha256 lower-case hexadecimal digits
 */
public record ImageFile(String ftype, Path path, long size, String sha256) {}
