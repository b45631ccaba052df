package dev.vmtest.launch;

import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ask the emulator which options a device has ({@code -device NAME,help}). */
public final class QemuDeviceOptions implements DeviceOptions {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern OPTION = Pattern.compile("(?m)^ {2}([A-Za-z0-9_.-]+)=<");

    private static final Pattern NOT_FOUND =
            Pattern.compile("Device '[^']*' not found|is not a valid device model name");

    private final Processes processes;
    private final String emulator;
    private final Map<String, Set<String>> known = new HashMap<>();

    public QemuDeviceOptions(Processes processes, String emulator) {
        this.processes = processes;
        this.emulator = emulator;
    }

    @Override
    public boolean has(String device, String option) throws LaunchException {
        Set<String> options = known.get(device);
        if (options == null) {
            options = ask(device);
            known.put(device, options);
        }
        return options.contains(option);
    }

    @Override
    public boolean knows(String device) throws LaunchException {
        try {
            // QEMU says so on standard error, and exits with 0.
            return !NOT_FOUND
                    .matcher(processes
                            .run(Command.of(emulator, "-device", device + ",help"), TIMEOUT)
                            .stderr())
                    .find();
        } catch (ProcessException unanswered) {
            throw new LaunchException(
                    emulator + " cannot be asked for its devices: " + unanswered.problem(), unanswered);
        }
    }

    private Set<String> ask(String device) throws LaunchException {
        try {
            String said = processes
                    .run(Command.of(emulator, "-device", device + ",help"), TIMEOUT)
                    .requireSuccess()
                    .stdout();
            Set<String> options = new HashSet<>();
            Matcher matcher = OPTION.matcher(said);
            while (matcher.find()) {
                options.add(matcher.group(1));
            }
            return options;
        } catch (ProcessException failed) {
            throw new LaunchException(emulator + " knows no device " + device + ": " + failed.getMessage(), failed);
        }
    }
}
