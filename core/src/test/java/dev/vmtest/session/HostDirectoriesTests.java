package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ask where files go, for several environments. */
class HostDirectoriesTests {

    @Test
    void theHistoryIsBelowTheHomeUnlessAVariableNamesAnotherPlace() {
        assertThat(history(Map.of("HOME", "/home/a"))).contains(Path.of("/home/a/.local/state/vmtest/history.jsonl"));
        assertThat(history(Map.of("HOME", "/home/a", "XDG_STATE_HOME", "/state")))
                .contains(Path.of("/state/vmtest/history.jsonl"));
        assertThat(history(Map.of("HOME", "/home/a", "CURTIN_VMTEST_HISTORY", "/h.jsonl")))
                .contains(Path.of("/h.jsonl"));
        assertThat(history(Map.of())).isEmpty();
    }

    @Test
    void soAreThePasses() {
        assertThat(passes(Map.of("HOME", "/home/a"))).contains(Path.of("/home/a/.local/state/vmtest/passes"));
        assertThat(passes(Map.of("HOME", "/home/a", "CURTIN_VMTEST_PASSES", "/shared")))
                .contains(Path.of("/shared"));
        assertThat(passes(Map.of())).isEmpty();
    }

    private static Optional<Path> passes(Map<String, String> environment) {
        return HostDirectories.passes(Settings.read(environment), environment);
    }

    private static Optional<Path> history(Map<String, String> environment) {
        return HostDirectories.history(Settings.read(environment), environment);
    }

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path temporary;

    private HostDirectories directories(String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/user", "TMPDIR", temporary.toString()));
        for (int index = 0; index < settings.length; index += 2) {
            environment.put(settings[index], settings[index + 1]);
        }
        return new HostDirectories(Settings.read(environment), environment, NOON);
    }

    @Test
    void aTopdirThatIsNotNamedIsOneThatIsNotThere() throws IOException {
        Path first = temporary.resolve("vmtest-2026-11-22T120000");
        assertThat(directories().topdir().path()).isEqualTo(first).doesNotExist();
        Files.createDirectory(first);
        Files.createDirectory(temporary.resolve("vmtest-2026-11-22T120000-2"));

        assertThat(directories().topdir().path()).isEqualTo(temporary.resolve("vmtest-2026-11-22T120000-3"));
    }

    @Test
    void theLogIsBesideTheTopdirUnlessItIsNamed() {
        HostDirectories named = directories("CURTIN_VMTEST_TOPDIR", "/srv/out");
        assertThat(named.topdir().path()).isEqualTo(Path.of("/srv/out"));
        assertThat(named.log(named.topdir())).isEqualTo(Path.of("/srv/out.log"));

        HostDirectories both = directories("CURTIN_VMTEST_TOPDIR", "/srv/out", "CURTIN_VMTEST_LOG", "/srv/a.log");
        assertThat(both.log(both.topdir())).isEqualTo(Path.of("/srv/a.log"));
    }

    @Test
    void theCacheFollowsTheBaseDirectorySpecification() {
        assertThat(directories().cache()).isEqualTo(Path.of("/home/user/.cache/vmtest"));
        assertThat(directories("XDG_CACHE_HOME", "").cache()).isEqualTo(Path.of("/home/user/.cache/vmtest"));
        assertThat(directories("XDG_CACHE_HOME", "/var/cache").cache()).isEqualTo(Path.of("/var/cache/vmtest"));
    }
}
