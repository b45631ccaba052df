package dev.vmtest.session;

import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.Architecture;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.text.MistakeException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Choose the QEMU of this host that vmtest starts: the one that a setting names, or else the newer one that
 * {@code tools/qemu} has unpacked for this system, or else the one on the PATH.
 *
 * <p>What is chosen stands first in the PATH of every command, so that emulator and {@code qemu-img} are of one build.
 */
public final class QemuChoice {

    /** The value of the setting that asks for the QEMU on the PATH. */
    public static final String SYSTEM = "system";

    private static final String EMULATOR = Platform.of(Architecture.host()).emulator();
    private static final String PATH = "PATH";
    /** Where programs are in an environment that does not say (POSIX's own default, confstr(3)). */
    private static final String USUAL_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
    /** A directory of programs, where a build is installed, or where a package was unpacked. */
    private static final List<String> PLACES = List.of("", "bin", "usr/bin");

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern VERSION = Pattern.compile("(?<series>[0-9]{1,4})\\.[0-9]{1,4}(\\.[0-9]{1,4})?");
    /** The first series with the faster string instructions; tools/qemu asks for the same. */
    private static final int FASTER = 10;

    private final Map<String, String> environment;
    private final Path unpacked;

    private QemuChoice(Map<String, String> environment, Path unpacked) {
        this.environment = Map.copyOf(environment);
        this.unpacked = unpacked;
    }

    /** Choose on this host, which its os-release(5) names. */
    public static QemuChoice of(Map<String, String> environment) {
        return new QemuChoice(
                environment, HostDirectories.cache(environment).resolve("qemu").resolve(system()));
    }

    static QemuChoice of(Map<String, String> environment, Path unpacked) {
        return new QemuChoice(environment, unpacked);
    }

    /**
     * Return the variables that commands must find changed, none for the QEMU on the PATH.
     *
     * @throws MistakeException if the setting names a place where no QEMU is
     */
    public Map<String, String> changes() {
        return programs()
                .map(directory ->
                        Map.of(PATH, directory + File.pathSeparator + environment.getOrDefault(PATH, USUAL_PATH)))
                .orElse(Map.of());
    }

    /**
     * Return the environment with these changes.
     *
     * @throws MistakeException if the setting names a place where no QEMU is
     */
    public Map<String, String> environment() {
        Map<String, String> changed = new HashMap<>(environment);
        changed.putAll(changes());
        return Map.copyOf(changed);
    }

    /**
     * Return the directory of the chosen QEMU's programs; nothing if it is the one on the PATH.
     *
     * @throws MistakeException if the setting names a place where no QEMU is
     */
    public Optional<Path> programs() {
        Optional<String> named = Settings.read(environment).find(SettingsTable.QEMU);
        if (named.isEmpty()) {
            return in(unpacked);
        }
        if (named.get().equals(SYSTEM)) {
            return Optional.empty();
        }
        Path place = Path.of(named.get()).toAbsolutePath();
        if (Files.isExecutable(place) && Files.isRegularFile(place)) {
            place = Objects.requireNonNull(place.getParent(), "a file has a directory");
        }
        return Optional.of(in(place)
                .orElseThrow(() -> new MistakeException(SettingsTable.QEMU.name() + " names " + named.get()
                        + ", and no program " + EMULATOR
                        + " is there, nor in bin or usr/bin below it; name the directory"
                        + " of a QEMU, or " + SYSTEM + " for the one on the PATH")));
    }

    /**
     * Say which QEMU this is, and how to get a faster one if it is old.
     *
     * @throws MistakeException if the setting names a place where no QEMU is
     */
    public String describe() {
        String place = programs().map(directory -> " in " + directory).orElse("");
        try (SupervisedProcesses processes = new SupervisedProcesses(changes())) {
            String said = processes
                    .run(Command.of(EMULATOR, "--version"), TIMEOUT)
                    .requireSuccess()
                    .stdout();
            Matcher version = VERSION.matcher(said);
            if (!version.find()) {
                return "says no version" + place;
            }
            return version.group()
                    + place
                    + (Integer.parseInt(version.group("series")) < FASTER
                            ? "; emulated guests are faster with " + FASTER
                                    + ", which 'tools/qemu' of the source tree unpacks beside this one on Debian 12"
                            : "");
        } catch (ProcessException absent) {
            return "cannot be asked: " + absent.problem();
        }
    }

    private static Optional<Path> in(Path place) {
        return PLACES.stream().map(place::resolve).filter(QemuChoice::isIn).findFirst();
    }

    private static boolean isIn(Path directory) {
        return Files.isExecutable(directory.resolve(EMULATOR));
    }

    /** Programs that were unpacked beside another release of the system may lack its libraries. */
    private static String system() {
        String id = "";
        String version = "";
        try {
            for (String line : Files.readAllLines(Path.of("/etc/os-release"), StandardCharsets.UTF_8)) {
                if (line.startsWith("ID=")) {
                    id = line.substring("ID=".length()).replace("\"", "");
                } else if (line.startsWith("VERSION_ID=")) {
                    version = line.substring("VERSION_ID=".length()).replace("\"", "");
                }
            }
        } catch (IOException unknown) {
            return "unknown";
        }
        return id + "-" + version;
    }
}
