package dev.vmtest.installer.builtin;

import dev.vmtest.apt.AptConfig;
import dev.vmtest.apt.AptSource;
import dev.vmtest.apt.SourceEntry;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.InstallSource;
import dev.vmtest.installconfig.InstallStage;
import dev.vmtest.installconfig.ReportingEndpoint;
import dev.vmtest.installconfig.Stage;
import dev.vmtest.secret.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Refuse the keys that the built-in installer would otherwise have to ignore. */
final class CoverageRules {

    /** Stands for the server of the run until that is there. */
    static final String OWN_SERVER = "http://PUBURL/";

    private static final Pattern ADDRESS = Pattern.compile("(https?://[^\\s]+|(file://)?/[^\\s]+)");

    /** What only a system that is put together here could follow. */
    private static final List<String> BESIDE_DISKS =
            List.of("storage", "block-meta", "grub", "boot", "kernel", "disable_overlayroot");

    /** What stands in other sections that the stage curthooks would do, and a hook does in its place. */
    private static final List<String> UNDER_HOOKS = List.of(
            "apt",
            "apt_mirrors",
            "apt_proxy",
            "debconf_selections",
            "cloudconfig",
            "swap",
            "pollinate",
            "restore_dist_interfaces");

    private static final String REMEDY = "remove it, or use --installer curtin";

    /** Keys in sections that a curtin acts upon and we don't, whatever their value. */
    private static final Map<String, Set<String>> UNCOVERED = Map.of("install", Set.of("maas"));

    private final InstallConfig config;
    private final Problems problems;

    private CoverageRules(InstallConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    static void check(InstallConfig config, List<InstallSource> sources, Problems problems) {
        CoverageRules rules = new CoverageRules(config, problems);
        rules.checkApt();
        rules.checkSwitches();
        UNCOVERED.forEach(rules::refuseInside);
        rules.checkStages();
        rules.checkSources(sources);
        rules.checkReporting();
    }

    /** Debian's sources are lines; what is written as paragraphs would need another file. */
    private void checkApt() {
        AptConfig apt = config.apt();
        if (apt == null) {
            return;
        }
        if (apt.sourcesList() != null
                && SourceEntry.isParagraphs(apt.sourcesList().text())) {
            refuse(apt.sourcesList().location(), "sources_list as paragraphs (deb822)");
        }
        apt.sources().stream()
                .map(AptSource::source)
                .filter(source -> source != null && SourceEntry.isParagraphs(source.value()))
                .forEach(source -> refuse(source.location(), "a source as paragraphs (deb822)"));
    }

    private void checkSwitches() {
        refuseUnless("kexec", "mode", "off");
        refuseUnless("kernel-crash-dumps", "enabled", "false");
        refuseUnless("system_upgrade", "enabled", "false");
        refuseUnless("multipath", "mode", "auto", "disabled");
        refuseUnless("curthooks", "mode", "auto", "builtin");
        refuseKey("reporter");
        if (!config.blockMeta().devices().isEmpty()) {
            problems.add(
                    config.blockMeta().location(),
                    "block-meta: the built-in installer knows no disk by a name of the kernel, as 'devices' has them",
                    "leave them out, or name the disk in a storage section");
        }
    }

    private void checkStages() {
        List<InstallStage> common =
                config.stages().stream().filter(Stage.class::isInstance).toList();
        if (!common.equals(List.of(Stage.values()))) {
            String usual = Arrays.stream(Stage.values()).map(Stage::text).collect(Collectors.joining(", "));
            refuse(
                    config.root().locationOf("stages"),
                    "another choice of stages than " + usual + ", in this order, with your own among them");
        }
        // Each becomes a function of the shell.
        config.stages().stream()
                .map(InstallStage::text)
                .filter(name -> !name.matches("[A-Za-z0-9_]+"))
                .forEach(name -> problems.add(
                        config.root().locationOf("stages"),
                        "the built-in installer can't run a stage that is called '" + name + "'",
                        "use letters, digits and '_'"));
    }

    private void checkSources(List<InstallSource> sources) {
        sources.stream()
                .filter(source -> source.directory().isEmpty()
                        && (source.kind().isEmpty()
                                || !ADDRESS.matcher(source.address().reveal()).matches()))
                .forEach(source -> refuse(
                        source.location(),
                        "install source '" + source.uri()
                                + "', which is neither an address of HTTP nor the path of a file or a directory"));
        List<InstallSource> disks =
                sources.stream().filter(InstallSource::isDisk).toList();
        if (disks.isEmpty()) {
            return;
        }
        if (sources.size() > 1) {
            refuse(sources.get(1).location(), "another source beside a disk image, which is all that is installed");
        }
        BESIDE_DISKS.forEach(key -> config.raw(key)
                .ifPresent(value -> problems.add(
                        config.root().locationOf(key),
                        "a disk image is installed, which brings its own partitions, kernel and boot loader: '" + key
                                + "' would be ignored",
                        "remove it")));
        if (config.vmtest().source() == null) {
            return;
        }
        UNDER_HOOKS.forEach(key -> config.raw(key)
                .ifPresent(value -> problems.add(
                        config.root().locationOf(key),
                        "the disk image that is made here configures itself by a hook of its own, which reads the network only: '"
                                + key + "' would be ignored",
                        "remove it")));
    }

    private void checkReporting() {
        for (ReportingEndpoint endpoint : config.reporting()) {
            Secret url = endpoint.endpoint();
            if (endpoint.type().equals("webhook")
                    && url != null
                    && !url.reveal().matches("https?://[^\\s]+")) {
                problems.add(
                        endpoint.location(),
                        "reporting '" + endpoint.name() + "': '" + url + "' is not an HTTP address",
                        "write http://HOST:PORT/PATH");
            }
        }
        if (config.raw("reporting").orElse(null) instanceof MapValue map) {
            map.entries().values().forEach(entry -> {
                if (entry.value() instanceof MapValue endpoint && endpoint.get("consumer_key") != null) {
                    refuse(endpoint.locationOf("consumer_key"), "signed reporting (consumer_key)");
                }
            });
        }
    }

    private void refuseUnless(String key, String inner, String... harmless) {
        Value value = config.raw(key).orElse(null);
        if (!(value instanceof MapValue map)) {
            return;
        }
        for (Map.Entry<String, MapValue.Entry> entry : map.entries().entrySet()) {
            boolean fine = entry.getKey().equals(inner)
                    && entry.getValue().value() instanceof ScalarValue scalar
                    && List.of(harmless).contains(String.valueOf(scalar.value()));
            if (!fine) {
                refuse(entry.getValue().keyLocation(), key + ": " + entry.getKey());
            }
        }
    }

    private void refuseInside(String section, Set<String> keys) {
        if (config.raw(section).orElse(null) instanceof MapValue map) {
            map.entries().forEach((key, entry) -> {
                if (keys.contains(key.replace('-', '_'))) {
                    refuse(entry.keyLocation(), section + ": " + key);
                }
            });
        }
    }

    private void refuseKey(String key) {
        config.raw(key).ifPresent(value -> {
            if (!(value instanceof ScalarValue scalar)
                    || (scalar.value() != null && !Boolean.FALSE.equals(scalar.value()))) {
                refuse(config.root().locationOf(key), key);
            }
        });
    }

    private void refuse(Location location, String what) {
        problems.add(location, "the built-in installer doesn't cover " + what, REMEDY);
    }
}
