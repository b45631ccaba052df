package dev.vmtest.seed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Read the scripts that go into seeds. */
final class SeedResource {

    private SeedResource() {}

    /** Return the text of a resource of this package. */
    static String text(String name) {
        try (InputStream stream = SeedResource.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + name + " is missing from this build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
