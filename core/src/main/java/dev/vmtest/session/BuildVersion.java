package dev.vmtest.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Know which vmtest was built: the build lets {@code tools/version} write that beside this class.
 *
 * <p>{@code 1.2} is a release, {@code 0.1.0-SNAPSHOT+7eb2a1a09} a commit after the release before 0.1.0, with
 * {@code .changed} if its sources were changed.
 */
final class BuildVersion {

    private static final String FILE = "version.txt";

    /** What compiled the classes did not say: an IDE. */
    private static final String UNKNOWN = "unknown";

    private BuildVersion() {}

    static String ofThisBuild() {
        try (InputStream stream = BuildVersion.class.getResourceAsStream(FILE)) {
            return of(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the version of this build cannot be read", unreadable);
        }
    }

    static String of(@Nullable InputStream written) throws IOException {
        String version = written == null ? "" : new String(written.readAllBytes(), StandardCharsets.UTF_8).strip();
        return version.isEmpty() ? UNKNOWN : version;
    }
}
