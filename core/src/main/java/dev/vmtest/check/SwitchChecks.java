package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.DebianPackage;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.InstallConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Check the small sections that change the installed system: pollinate, upgrades, what is left out. */
final class SwitchChecks {

    private static final String DIRECTORY = "switches";
    private static final String POLLINATE = "pollinate";
    private static final String USER_AGENT = "user_agent";
    private static final String EXCLUDE = "--exclude=/";

    private final InstallConfig config;

    SwitchChecks(InstallConfig config) {
        this.config = config;
    }

    List<Check> list() {
        List<Check> checks = new ArrayList<>();
        checks.addAll(pollinate());
        for (String path : leftOut(config)) {
            checks.add(Check.of(
                    "extra_rsync_args " + path + ": left out",
                    place("install", "extra_rsync_args"),
                    facts -> absent(facts, path)));
        }
        if (isOn(config, "system_upgrade", "enabled")) {
            add(checks, "system_upgrade: nothing left to upgrade", "system_upgrade", "enabled", SwitchChecks::upgraded);
        }
        if (value(config, "kernel-crash-dumps", "enabled").isPresent()) {
            boolean isOn = isOn(config, "kernel-crash-dumps", "enabled");
            add(checks, "kernel-crash-dumps", "kernel-crash-dumps", "enabled", facts -> crashDumps(facts, isOn));
        }
        if (isForced(value(config, "multipath", "mode").orElse(null))) {
            add(
                    checks,
                    "multipath: package",
                    "multipath",
                    "mode",
                    facts -> SystemChecks.installedPackage(facts, "multipath-tools-boot"));
        }
        if (config.raw("disable_overlayroot").filter(SwitchChecks::isTrue).isPresent()) {
            checks.add(Check.of(
                    "overlayroot: off", config.root().locationOf("disable_overlayroot"), SwitchChecks::overlayrootOff));
        }
        return checks;
    }

    /** Return the script that collects what these checks need; nothing where they need nothing. */
    Optional<CollectScript> script() {
        StringBuilder text = new StringBuilder();
        if (userAgent().isPresent()) {
            text.append("copy /etc/pollinate etc_pollinate\n");
            text.append("command -v pollinate >" + DIRECTORY + "/pollinate || :\n");
            text.append("pollinate --print-user-agent >pollinate_print_user_agent 2>/dev/null || :\n");
        }
        List<String> paths = leftOut(config);
        for (int index = 0; index < paths.size(); index++) {
            String quoted = FileChecks.quote(paths.get(index));
            text.append("if [ -e ")
                    .append(quoted)
                    .append(" ] || [ -L ")
                    .append(quoted)
                    .append(" ]; then\n");
            text.append("    echo there\nelse\n    echo absent\nfi >" + DIRECTORY + "/path-")
                    .append(index)
                    .append('\n');
        }
        if (isOn(config, "system_upgrade", "enabled")) {
            text.append("apt-get --simulate -o Debug::NoLocking=1 dist-upgrade >" + DIRECTORY + "/upgrade || :\n");
        }
        if (config.raw("disable_overlayroot").filter(SwitchChecks::isTrue).isPresent()) {
            text.append("find /etc -maxdepth 1 -name 'overlayroot.local.conf*' >" + DIRECTORY + "/overlayroot\n");
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String copy = "copy() { if [ -e \"$1\" ]; then cp -a \"$1\" \"$2\"; fi; }\n";
        return Optional.of(new CollectScript(DIRECTORY, "mkdir -p " + DIRECTORY + "\n" + copy + text));
    }

    private Optional<Value> userAgent() {
        return value(config, POLLINATE, USER_AGENT);
    }

    private List<Check> pollinate() {
        Optional<Value> agent = userAgent();
        List<Check> checks = new ArrayList<>();
        if (agent.orElse(null) instanceof MapValue words) {
            words.entries().forEach((name, entry) -> {
                if (entry.value() instanceof ScalarValue scalar) {
                    checks.add(Check.of(
                            "pollinate: " + name,
                            entry.keyLocation(),
                            facts -> agentWord(facts, name + "/" + scalar.text())));
                }
            });
        } else if (agent.isPresent()) {
            checks.add(Check.of("pollinate: no user agent", place(POLLINATE, USER_AGENT), SwitchChecks::noAgent));
        }
        return checks;
    }

    private static boolean hasPollinate(Facts facts) {
        return !facts.text(DIRECTORY + "/pollinate").isBlank();
    }

    private static Outcome agentWord(Facts facts, String word) {
        if (!hasPollinate(facts)) {
            return Outcome.notJudged("the installed system has no pollinate, so installers leave its settings out");
        }
        if (!facts.has("etc_pollinate/add-user-agent")) {
            return Outcome.failed("/etc/pollinate/add-user-agent should have " + word + " but there is no such file");
        }
        String file = facts.text("etc_pollinate/add-user-agent");
        boolean isThere = file.lines().anyMatch(line -> line.equals(word) || line.startsWith(word + " "));
        if (!isThere) {
            return Outcome.failed("/etc/pollinate/add-user-agent should have " + word + " but has not", file);
        }
        String printed = facts.text("pollinate_print_user_agent").strip();
        return printed.isEmpty() || List.of(printed.split("\\s+")).contains(word)
                ? Outcome.passed("pollinate's user agent has " + word, file)
                : Outcome.failed("pollinate should say " + word + " of itself but says " + printed);
    }

    private static Outcome noAgent(Facts facts) {
        return facts.has("etc_pollinate/add-user-agent")
                ? Outcome.failed("/etc/pollinate/add-user-agent should be left alone but was written")
                : Outcome.passed("pollinate's user agent was left alone");
    }

    /** Return the paths that are left out by an option that names one without a pattern. */
    static List<String> leftOut(InstallConfig config) {
        return config.install().extraRsyncArguments().stream()
                .filter(SwitchChecks::isPlainExclusion)
                .map(argument -> argument.substring(EXCLUDE.length() - 1))
                .toList();
    }

    /** Return whether an argument of rsync leaves just one path out. */
    static boolean isPlainExclusion(String argument) {
        return argument.startsWith(EXCLUDE) && !argument.matches("(?s).*([*?\\[]|/$).*");
    }

    private Outcome absent(Facts facts, String path) {
        String found =
                facts.text(DIRECTORY + "/path-" + leftOut(config).indexOf(path)).strip();
        return Outcome.equal("the path " + path, "absent", found);
    }

    private static Outcome upgraded(Facts facts) {
        String simulated = facts.text(DIRECTORY + "/upgrade");
        String summary = simulated
                .lines()
                .filter(line -> line.matches("[0-9]+ upgraded, .*"))
                .collect(Collectors.joining(" "));
        return summary.startsWith("0 upgraded, 0 newly installed, 0 to remove")
                ? Outcome.passed("apt finds " + summary)
                : Outcome.failed("apt should find nothing to upgrade but finds " + summary, simulated);
    }

    private static Outcome crashDumps(Facts facts, boolean isOn) {
        boolean isReserved = facts.commandLine().stream().anyMatch(argument -> argument.startsWith("crashkernel="));
        DebianPackage tools = facts.packages().get("kdump-tools");
        boolean isThere = tools != null && tools.installed();
        String found = "kdump-tools is " + (isThere ? "" : "not ") + "installed, and the kernel was "
                + (isReserved ? "" : "not ") + "told to keep memory for another";
        boolean isRight = isOn ? isReserved && isThere : !isReserved;
        return isRight
                ? Outcome.passed(found)
                : Outcome.failed("crash dumps should be " + (isOn ? "on" : "off") + ", but " + found);
    }

    private static Outcome overlayrootOff(Facts facts) {
        String found = facts.text(DIRECTORY + "/overlayroot");
        return found.lines().anyMatch("/etc/overlayroot.local.conf"::equals)
                ? Outcome.failed("/etc/overlayroot.local.conf should be gone but is there")
                : Outcome.passed("there is no /etc/overlayroot.local.conf");
    }

    private void add(List<Check> checks, String name, String section, String key, Function<Facts, Outcome> holds) {
        checks.add(Check.of(name, place(section, key), holds));
    }

    private Location place(String section, String key) {
        return config.raw(section).orElse(null) instanceof MapValue map ? map.locationOf(key) : config.location();
    }

    private static Optional<Value> value(InstallConfig config, String section, String key) {
        return config.raw(section).orElse(null) instanceof MapValue map
                ? Optional.ofNullable(map.get(key))
                        .filter(value -> !(value instanceof ScalarValue scalar && scalar.value() == null))
                : Optional.empty();
    }

    static boolean isOn(InstallConfig config, String section, String key) {
        return value(config, section, key).filter(SwitchChecks::isTrue).isPresent();
    }

    static boolean isTrue(Value value) {
        return value instanceof ScalarValue scalar && Boolean.TRUE.equals(scalar.value());
    }

    static boolean isForced(@Nullable Value value) {
        return value instanceof ScalarValue scalar && "force".equals(scalar.value());
    }
}
