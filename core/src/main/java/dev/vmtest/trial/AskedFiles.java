package dev.vmtest.trial;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.files.NewFile;
import dev.vmtest.installconfig.ConfigSecrets;
import dev.vmtest.installconfig.ShownConfiguration;
import dev.vmtest.secret.Secret;
import dev.vmtest.testcase.ConfigLayer;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Keep the files that ask for something, without their secrets, so that a report shows what stands where. */
final class AskedFiles {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AskedFiles() {}

    /** Return the lines of a test's configuration, and of the further one that a run was given, by their names. */
    static Map<String, List<String>> of(TestCase test) {
        List<Secret> secrets = ConfigSecrets.of(test.config());
        ConfigSource source = test.definition().config();
        Map<String, List<String>> files = new LinkedHashMap<>();
        files.put(source.name(), ShownConfiguration.lines(source.name(), source.text(), source.values(), secrets));
        for (ConfigLayer layer : test.layers()) {
            String name = layer.content().location().file();
            if (!files.containsKey(name)) {
                text(name).ifPresent(text -> files.put(name, ShownConfiguration.lines(name, text, Map.of(), secrets)));
            }
        }
        return files;
    }

    /** A layer that no file holds has a name that leads to none. */
    private static Optional<String> text(String name) {
        try {
            Path file = Path.of(name);
            return Files.isRegularFile(file) && Files.size(file) <= ConfigFiles.LARGEST_FILE
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }

    /** Write them down for whoever makes the report. */
    static void keep(TestCase test, Workspace workspace) throws IOException {
        NewFile.write(workspace.askedFiles(), JSON.writeValueAsString(of(test)));
    }
}
