package dev.vmtest.machine;

import java.nio.file.Path;

/**
 * Name a saved machine that can be resumed any number of times, also by several at a time.
 *
 * @param key a hash over everything that it is valid for
 * @param directory where it lies
 */
public record Snapshot(String key, Path directory) {

    /** Return the file that QEMU's migration wrote. */
    public Path state() {
        return stateIn(directory);
    }

    /** Return that file of a snapshot's directory. */
    public static Path stateIn(Path directory) {
        return directory.resolve("state");
    }
}
