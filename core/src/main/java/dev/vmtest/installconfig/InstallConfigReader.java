package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import dev.vmtest.network.NetworkReader;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.StorageReader;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Read the top-level keys of a configuration (curtin's documentation, "Configuration"). */
final class InstallConfigReader {

    /** Keys whose value is handed on as it is. */
    private static final String[] PASSED_ON = {
        "apt",
        "apt_mirrors",
        "block-meta",
        "curthooks",
        "debconf_selections",
        "disable_overlayroot",
        "kernel-crash-dumps",
        "kexec",
        "multipath",
        "pollinate",
        "reporter",
        "restore_dist_interfaces",
        "showtrace",
        "system_upgrade",
        "verbosity"
    };

    private final MapReader root;
    private final Problems problems;

    InstallConfigReader(MapValue root, Problems problems) {
        this.root = new MapReader(root, "configuration", problems);
        this.problems = problems;
    }

    InstallConfig read() {
        root.accept("storage", "network");
        root.accept(PASSED_ON);
        root.accept(ownStages());
        Map<Stage, StageCommands> commands = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            commands.put(stage, StageCommands.read(root, stage));
        }
        Secret aptProxy = Secret.ofAddress(root.filledText("apt_proxy"));
        InstallConfig config = new InstallConfig(
                root.source(),
                StorageReader.read(root.source(), problems),
                NetworkReader.read(root.source(), problems),
                commands,
                WriteFile.readAll(root, "write_files"),
                WriteFile.readAll(root, "cloudconfig"),
                SwapConfig.read(root),
                GrubConfig.read(root),
                KernelConfig.read(root),
                InstallSection.read(root),
                ReportingEndpoint.readAll(root),
                PowerState.read(root),
                ProxyConfig.read(root),
                aptProxy,
                InstallSource.readAll(root),
                VmtestReader.read(root));
        DiskOverrideRules.check(config.storage(), config.vmtest().disks(), problems);
        KeptFileRules.check(config.storage(), config.vmtest().keptFiles(), problems);
        Set<Value> used = Collections.newSetFromMap(new IdentityHashMap<>());
        root.knownValues().forEach(value -> collect(value, used));
        root.refuseUnknown(key -> isPlaceholder(key) || isAnchorHome(key, used));
        return config;
    }

    /** A configuration that says which stages run may have some of its own. */
    private String[] ownStages() {
        return root.texts("stages").stream().map(stage -> stage + "_commands").toArray(String[]::new);
    }

    /** Keys that configurations use as the home of YAML anchors, or to be non-empty. */
    private static boolean isPlaceholder(String key) {
        return key.startsWith("_")
                || key.startsWith("placeholder")
                || key.startsWith("-placeholder")
                || key.equals("bucket");
    }

    /** Return whether an alias under a known key leads to something under this one. */
    private boolean isAnchorHome(String key, Set<Value> used) {
        Set<Value> own = Collections.newSetFromMap(new IdentityHashMap<>());
        Value value = root.source().get(key);
        if (value != null) {
            collect(value, own);
        }
        return own.stream().anyMatch(used::contains);
    }

    private static void collect(Value value, Set<Value> into) {
        if (!into.add(value)) {
            return;
        }
        if (value instanceof MapValue map) {
            map.entries().values().forEach(entry -> collect(entry.value(), into));
        } else if (value instanceof ListValue list) {
            list.items().forEach(item -> collect(item, into));
        }
    }
}
