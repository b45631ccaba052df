package dev.vmtest.secret;

import dev.vmtest.files.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keep what is secret in a test's directory, in a file for its owner, for whoever shows the test's logs later. */
public final class SecretsFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SecretsFile() {}

    /** Return where a test keeps its secrets. */
    public static Path in(Path testDirectory) {
        return testDirectory.resolve("install").resolve("secrets.json");
    }

    /** Write secrets to a file that is not there yet. */
    public static void write(Path file, KnownSecrets known) throws IOException {
        NewFile.write(
                file,
                JSON.writeValueAsString(known.all().stream().map(Secret::reveal).toList()));
    }

    /** Return the secrets of a file; empty if what is secret is not known any more, because it was not kept. */
    public static Optional<KnownSecrets> read(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            List<String> texts = JSON.readValue(Files.readString(file), new TypeReference<List<String>>() {});
            return Optional.of(new KnownSecrets(texts.stream().map(Secret::new).toList()));
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
