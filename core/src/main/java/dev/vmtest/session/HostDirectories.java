package dev.vmtest.session;

import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Say where the files of a run lie on this host, as its settings and its environment want it. */
final class HostDirectories {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss");

    private final Settings settings;
    private final Map<String, String> environment;
    private final Clock clock;

    HostDirectories(Settings settings, Map<String, String> environment, Clock clock) {
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
    }

    /** Return where temporary files go. */
    Path temporary() {
        return settings.get(SettingsTable.TMPDIR);
    }

    /** Return where what can be made again is kept, by the XDG base directory specification. */
    Path cache() {
        return cache(environment);
    }

    /** Return where what can be made again is kept in an environment. */
    static Path cache(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        return (configured.isEmpty() ? home.resolve(".cache") : Path.of(configured)).resolve("vmtest");
    }

    /** Return the file that remembers results; empty for a user without a home. */
    static Optional<Path> history(Settings settings, Map<String, String> environment) {
        return settings.find(SettingsTable.HISTORY)
                .or(() -> state(environment).map(state -> state.resolve("history.jsonl")));
    }

    /** Return the directory that remembers what passed; empty for a user without a home. */
    static Optional<Path> passes(Settings settings, Map<String, String> environment) {
        return settings.find(SettingsTable.PASSES).or(() -> state(environment).map(state -> state.resolve("passes")));
    }

    /** Return where what should outlive a run is kept, by the XDG base directory specification. */
    private static Optional<Path> state(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_STATE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (configured.isEmpty() && home.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                (configured.isEmpty() ? Path.of(home).resolve(".local/state") : Path.of(configured)).resolve("vmtest"));
    }

    /** Return where everything of the run goes, a directory that is not there yet if none is named; nothing is made. */
    Topdir topdir() {
        Optional<Path> named = settings.find(SettingsTable.TOPDIR);
        return new Topdir(named.orElseGet(this::unused), mode(), named.isPresent());
    }

    private Set<PosixFilePermission> mode() {
        return switch (settings.get(SettingsTable.TOPDIR_MODE)) {
            case "0755" -> PosixFilePermissions.fromString("rwxr-xr-x");
            case "0750" -> PosixFilePermissions.fromString("rwxr-x---");
            default -> PosixFilePermissions.fromString("rwx------");
        };
    }

    /** Two runs may begin in the same second. */
    private Path unused() {
        String name = "vmtest-" + STAMP.format(LocalDateTime.now(clock));
        Path directory = temporary().resolve(name);
        for (int number = 2; Files.exists(directory, LinkOption.NOFOLLOW_LINKS); number++) {
            directory = temporary().resolve(name + "-" + number);
        }
        return directory;
    }

    /** Return where the debug log goes. */
    Path log(Topdir topdir) {
        return settings.find(SettingsTable.LOG)
                .orElseGet(() -> topdir.path().resolveSibling(topdir.path().getFileName() + ".log"))
                .toAbsolutePath();
    }
}
