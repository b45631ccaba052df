package dev.vmtest.run;

import dev.vmtest.files.NewFile;
import dev.vmtest.installconfig.ConfigSecrets;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.secret.KnownSecrets;
import dev.vmtest.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Take the secrets of a test's configuration out of what its guests say, before it goes into results and reports. */
public final class TestSecrets {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Where nothing is secret. */
    static final TestSecrets NONE = new TestSecrets(KnownSecrets.NONE);

    private final KnownSecrets known;

    private TestSecrets(KnownSecrets known) {
        this.known = known;
    }

    static TestSecrets of(InstallConfig config) {
        return new TestSecrets(new KnownSecrets(ConfigSecrets.of(config)));
    }

    /** Keep them for whoever makes the report of the test again. */
    void keep(Workspace workspace) throws IOException {
        NewFile.write(
                workspace.secrets(),
                JSON.writeValueAsString(known.all().stream().map(Secret::reveal).toList()));
    }

    /**
     * Return what a text of a test is without the test's secrets.
     *
     * @param directory the test's directory
     * @return empty if what is secret there is not known any more, because it was not kept
     */
    public static Optional<KnownSecrets> kept(Path directory) {
        Path file = new Workspace(directory).secrets();
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

    String hideIn(String text) {
        return known.hideIn(text);
    }

    ConsoleLine hideIn(ConsoleLine line) {
        return new ConsoleLine(line.at(), line.number(), hideIn(line.text()));
    }

    CheckRecord hideIn(CheckRecord check) {
        return new CheckRecord(check.name(), check.source(), check.verdict(), hideIn(check.message()));
    }

    Evidence hideIn(Evidence evidence) {
        return new Evidence(
                hideIn(evidence.summary()),
                evidence.context().stream().map(this::hideIn).toList(),
                hideIn(evidence.machineEnd()),
                hideIn(evidence.lastEvent()),
                evidence.log(),
                evidence.badLine());
    }

    @Override
    public String toString() {
        return known.toString();
    }
}
