package dev.vmtest.archive;

/**
 * Bound what an archive may make of itself.
 *
 * @param totalBytes the most bytes of all files together, holes of sparse files included
 * @param entries the most entries
 * @param headerBytes the most bytes of one entry's headers (long names and extended attributes arrive there)
 * @param pathBytes the longest path, in bytes of UTF-8
 * @param depth the most names in a path
 */
public record TarLimits(long totalBytes, int entries, int headerBytes, int pathBytes, int depth) {

    /** What collected data may take: 2 GiB, 100 000 entries, 1 MiB of headers each, paths of 1024 bytes, 64 deep. */
    public static final TarLimits DEFAULT = new TarLimits(2L << 30, 100_000, 1 << 20, 1024, 64);
}
