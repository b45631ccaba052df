package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FirmwareEntries;
import dev.vmtest.facts.FirmwareEntries.Entry;
import dev.vmtest.installconfig.GrubConfig;
import dev.vmtest.installconfig.InstallConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Check how the boot loader is set up: its settings on disk, and the firmware's entries for it. */
final class LoaderChecks {

    private static final String NAME = "boot loader: ";
    private static final String OWN_SETTINGS = "etc_default_grub_d/50-curtin-settings.cfg";
    private static final String MENU = "boot-loader/grub.cfg";
    private static final String UNMODIFIED = "unmodified";

    private final GrubConfig grub;
    private final MapValue section;
    private final BootMode bootMode;

    private LoaderChecks(GrubConfig grub, MapValue section, BootMode bootMode) {
        this.grub = grub;
        this.section = section;
        this.bootMode = bootMode;
    }

    /** Return the checks of the keys that a configuration has. */
    static List<Check> of(InstallConfig config, BootMode bootMode) {
        return section(config)
                .map(section -> new LoaderChecks(config.grub(), section, bootMode).list())
                .orElse(List.of());
    }

    /** Return the script that collects GRUB's menu; nothing where no check reads it. */
    static Optional<CollectScript> script(InstallConfig config) {
        return section(config)
                .filter(section -> key(section, "terminal").isPresent())
                .map(section -> new CollectScript(
                        "boot-loader", "mkdir -p boot-loader\ncp /boot/grub/grub.cfg boot-loader/ || :\n"));
    }

    private static Optional<MapValue> section(InstallConfig config) {
        return config.raw("boot")
                .or(() -> config.raw("grub"))
                .filter(MapValue.class::isInstance)
                .map(MapValue.class::cast);
    }

    /** Return the key as it is written: {@code -} and {@code _} are the same. */
    private static Optional<String> key(MapValue section, String name) {
        return section.entries().keySet().stream()
                .filter(key -> key.replace('-', '_').equals(name))
                .findFirst();
    }

    private List<Check> list() {
        List<Check> checks = new ArrayList<>();
        add(checks, "terminal", "terminal", this::terminal);
        add(checks, "probe_additional_os", "search for other systems", this::probing);
        add(checks, "replace_linux_default", "kernel arguments", this::arguments);
        addFirmware(checks, "update_nvram", "firmware entry", true, this::entry);
        addFirmware(checks, "reorder_uefi", "firmware order", grub.reorderUefi(), this::order);
        addFirmware(
                checks,
                "reorder_uefi_force_fallback",
                "firmware order without a current entry",
                grub.reorderUefiForceFallback(),
                this::order);
        addFirmware(
                checks,
                "remove_duplicate_entries",
                "firmware entries are unlike",
                grub.removeDuplicateEntries(),
                this::duplicates);
        addFirmware(
                checks, "remove_old_uefi_loaders", "no earlier firmware entry", grub.removeOldLoaders(), this::earlier);
        return checks;
    }

    private void add(List<Check> checks, String key, String name, Function<Facts, Outcome> holds) {
        key(section, key).ifPresent(written -> checks.add(Check.of(NAME + name, place(written), holds)));
    }

    private void addFirmware(
            List<Check> checks, String key, String name, boolean isOn, Function<Facts, Outcome> holds) {
        String reason = bootMode != BootMode.UEFI
                ? "the machine boots by BIOS, which has no entries"
                : !grub.updateNvram() && !key.equals("update_nvram")
                        ? "'update_nvram: false' leaves all entries alone"
                        : isOn ? "" : "what is left alone can't be told from what was never there";
        key(section, key)
                .ifPresent(written -> checks.add(
                        reason.isEmpty()
                                ? Check.of(NAME + name, place(written), holds)
                                : Check.notJudged(NAME + name, place(written), reason)));
    }

    private Location place(String key) {
        return section.locationOf(key);
    }

    private Outcome terminal(Facts facts) {
        if (grub.terminal().equalsIgnoreCase(UNMODIFIED)) {
            return facts.has(OWN_SETTINGS)
                            && setting(facts.text(OWN_SETTINGS), "GRUB_TERMINAL")
                                    .isPresent()
                    ? Outcome.failed("the terminal should be left alone but is set", facts.text(OWN_SETTINGS))
                    : Outcome.passed("the installer's settings name no terminal");
        }
        String found = effective(facts, "GRUB_TERMINAL").orElse("");
        if (!found.equals(grub.terminal())) {
            return Outcome.failed("GRUB_TERMINAL should be '" + grub.terminal() + "' but is '" + found + "'");
        }
        if (!facts.has(MENU)) {
            return Outcome.failed("there is no /boot/grub/grub.cfg");
        }
        Pattern output = Pattern.compile("(?m)^\\s*terminal_output\\s+" + Pattern.quote(grub.terminal()) + "\\s*$");
        return output.matcher(facts.text(MENU)).find()
                ? Outcome.passed("GRUB's settings and its menu have the terminal " + grub.terminal())
                : Outcome.failed("GRUB's menu should set terminal_output " + grub.terminal() + " but does not");
    }

    private Outcome probing(Facts facts) {
        String found = effective(facts, "GRUB_DISABLE_OS_PROBER").orElse("");
        boolean isOff = found.equals("true");
        return isOff == grub.probeAdditionalOs()
                ? Outcome.failed("GRUB should " + (grub.probeAdditionalOs() ? "" : "not ")
                        + "look for other systems but GRUB_DISABLE_OS_PROBER is '" + found + "'")
                : Outcome.passed("GRUB_DISABLE_OS_PROBER is '" + found + "'");
    }

    /** The install environment's own console is among the arguments that replace the default ones. */
    private Outcome arguments(Facts facts) {
        String value = effective(facts, "GRUB_CMDLINE_LINUX_DEFAULT").orElse("");
        List<String> words = Arrays.stream(value.split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        boolean isCarried = words.stream().anyMatch(word -> word.startsWith("console="));
        if (isCarried != grub.replaceLinuxDefault()) {
            return Outcome.failed("the kernel's default arguments should " + (grub.replaceLinuxDefault() ? "" : "not ")
                    + "be those of the install environment but are '" + value + "'");
        }
        List<String> missing = words.stream()
                .filter(word -> !facts.commandLine().contains(word))
                .toList();
        return missing.isEmpty()
                ? Outcome.passed("the kernel was given the default arguments '" + value + "'")
                : Outcome.failed("the kernel should be given the default arguments but was not given " + missing);
    }

    private static boolean isOwn(Facts facts, Entry entry) {
        String id = String.valueOf(facts.osRelease().get("ID")).toLowerCase(Locale.ROOT);
        return entry.file().toLowerCase(Locale.ROOT).startsWith("\\efi\\" + id + "\\");
    }

    private Outcome entry(Facts facts) {
        FirmwareEntries firmware = FirmwareEntries.read(facts);
        List<Entry> own =
                firmware.entries().stream().filter(entry -> isOwn(facts, entry)).toList();
        if (!grub.updateNvram()) {
            return own.isEmpty()
                    ? Outcome.passed("the firmware has no entry for the system")
                    : Outcome.failed("the firmware should have no entry for the system but has " + own.get(0));
        }
        if (own.isEmpty()) {
            return Outcome.failed("the firmware should have an entry for the system but has "
                    + firmware.entries().stream().map(Entry::name).toList());
        }
        return own.stream().anyMatch(entry -> entry.number().equals(firmware.current()))
                ? Outcome.passed("the firmware started the system by its entry " + own.get(0))
                : Outcome.failed("the firmware should start the system by its entry " + own.get(0) + " but took "
                        + firmware.current());
    }

    /** What boots from the network may come first, other loaders may not. */
    private Outcome order(Facts facts) {
        FirmwareEntries firmware = FirmwareEntries.read(facts);
        for (String number : firmware.order()) {
            Optional<Entry> entry = firmware.entries().stream()
                    .filter(each -> each.number().equals(number))
                    .findFirst();
            if (entry.isEmpty() || entry.get().isNetwork()) {
                continue;
            }
            return isOwn(facts, entry.get())
                    ? Outcome.passed("of the entries that are not the network's the system's is the first")
                    : Outcome.failed("the system's entry should be the first but is behind " + entry.get());
        }
        return Outcome.failed("the firmware's order " + firmware.order() + " names no entry of the system");
    }

    private Outcome duplicates(Facts facts) {
        Set<String> seen = new HashSet<>();
        List<Entry> twice = FirmwareEntries.read(facts).entries().stream()
                .filter(entry -> !seen.add(entry.name() + "\t" + entry.path()))
                .toList();
        return twice.isEmpty()
                ? Outcome.passed("no two of the " + seen.size() + " entries are alike")
                : Outcome.failed("the firmware should have each entry once but has again " + twice.get(0));
    }

    private Outcome earlier(Facts facts) {
        FirmwareEntries firmware = FirmwareEntries.read(facts);
        List<Entry> others = firmware.entries().stream()
                .filter(entry -> entry.file().toUpperCase(Locale.ROOT).startsWith("\\EFI\\"))
                .filter(entry -> !isOwn(facts, entry))
                .toList();
        return others.isEmpty()
                ? Outcome.passed("the firmware has no entry for another loader on a disk")
                : Outcome.failed("the entries of earlier loaders should be gone but there is " + others.get(0));
    }

    /** Return what GRUB's settings say at last: the file, then those beside it by their names. */
    private static Optional<String> effective(Facts facts, String variable) {
        List<String> texts = new ArrayList<>();
        texts.add(facts.text("etc_default_grub"));
        facts.files("etc_default_grub_d").stream()
                .filter(name -> name.endsWith(".cfg"))
                .sorted()
                .forEach(name -> texts.add(facts.text("etc_default_grub_d/" + name)));
        return texts.stream().flatMap(text -> setting(text, variable).stream()).reduce((first, last) -> last);
    }

    private static Optional<String> setting(String text, String variable) {
        Matcher matcher = Pattern.compile("(?m)^\\s*(?:export\\s+)?" + variable + "=(.*)$")
                .matcher(text);
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1).strip().replaceAll("^(['\"])(.*)\\1$", "$2");
        }
        return Optional.ofNullable(last);
    }
}
