package dev.vmtest.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Read the scripts and other texts that are built into the program. */
public final class TextResource {

    private TextResource() {}

    /**
     * Return a text that lies in the package of a class.
     *
     * @throws IllegalStateException if this build lacks it
     */
    public static String beside(Class<?> type, String name) {
        try (InputStream stream = type.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "the resource " + name + " beside " + type.getName() + " is missing from this build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
