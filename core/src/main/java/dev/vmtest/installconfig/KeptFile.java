package dev.vmtest.installconfig;

import dev.vmtest.config.Location;

/**
 * Hold one entry of {@code vmtest.kept_files}: a file that lies on a preserved file system before the
 * install and must lie there, unchanged, after it.
 *
 * @param location where the entry stands
 * @param path the absolute path in the installed system
 * @param content its whole content
 */
public record KeptFile(Location location, String path, String content) {}
