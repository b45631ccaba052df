package dev.vmtest.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Find the source tree that this module is part of. */
public final class SourceTree {

    private SourceTree() {}

    /** Return a path below the root of the tree; Maven runs tests in the module's directory. */
    public static Path resolve(String path) {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("tools/check"))) {
            Path parent = root.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "tests run outside of the source tree: " + Path.of("").toAbsolutePath());
            }
            root = parent;
        }
        return root.resolve(path);
    }
}
