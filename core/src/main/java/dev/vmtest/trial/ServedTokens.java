package dev.vmtest.trial;

import dev.vmtest.apt.OwnRepository;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.files.NewFile;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.repository.PackageRepository;
import dev.vmtest.repository.ProofPackage;
import dev.vmtest.repository.SigningKey;
import dev.vmtest.testcase.ConfigLayer;
import dev.vmtest.testcase.PublicUrl;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Put into a test what only its run knows: the address of the run's server, and the key of the package repository that it
 * serves.
 */
final class ServedTokens {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Both archives of the repository, so that mirrors can be told apart. */
    private static final List<String> ARCHIVES = List.of("archive/", "security/");

    /** A guest's clock may be behind the host's, and what is signed in its future it refuses. */
    private static final Duration AGE = Duration.ofDays(1);

    private ServedTokens() {}

    /** Serve the repository that the test asks for, and return what each token stands for, the longest token first. */
    static Map<String, String> serve(TestCase test, PublishServer server, Instant now) {
        Map<String, String> tokens = new LinkedHashMap<>();
        OwnRepository wanted = test.config().vmtest().repository();
        if (wanted != null) {
            Instant made = now.minus(AGE);
            SigningKey key = SigningKey.make("vmtest " + test.directoryName(), made);
            List<ProofPackage> packages = wanted.packages().entrySet().stream()
                    .map(each -> new ProofPackage(each.getKey(), each.getValue()))
                    .toList();
            String architecture = test.machine().architecture().debianName();
            PackageRepository.files(test.targetRelease(), architecture, packages, made, key)
                    .forEach((path, content) -> ARCHIVES.forEach(archive -> server.publish(archive + path, content)));
            tokens.put(OwnRepository.KEY_ID, key.fingerprint());
            tokens.put(OwnRepository.KEY, key.armored());
        }
        tokens.put(PublicUrl.TOKEN, server.urlFromGuest("").replaceFirst("/$", ""));
        return tokens;
    }

    /** Return a test with the tokens' values in the place of the tokens; everything keeps its place. */
    static TestCase in(TestCase test, Map<String, String> tokens) {
        MapValue root = PublicUrl.in(test.config().root(), tokens);
        if (root.equals(test.config().root())) {
            return test;
        }
        Problems problems = test.installer().problems();
        InstallConfig config = InstallConfig.read(root, problems);
        problems.throwIfAny();
        List<ConfigLayer> layers = test.layers().stream()
                .map(layer -> new ConfigLayer(layer.fileName(), PublicUrl.in(layer.content(), tokens)))
                .toList();
        return test.with(layers, config);
    }

    /** Keep the values for whoever holds the checks again. */
    static void keep(Map<String, String> tokens, Workspace workspace) throws IOException {
        NewFile.write(workspace.served(), JSON.writeValueAsString(tokens) + "\n");
    }

    /** Return the values that an earlier run has kept; none if it kept none. */
    static Map<String, String> kept(Workspace workspace) throws IOException {
        Map<String, String> tokens = new LinkedHashMap<>();
        if (Files.isRegularFile(workspace.served())) {
            MapValue kept = ConfigFiles.parse("served", Files.readString(workspace.served()), new Problems());
            kept.entries().forEach((token, entry) -> {
                if (entry.value() instanceof ScalarValue value) {
                    tokens.put(token, value.text());
                }
            });
        }
        return tokens;
    }
}
