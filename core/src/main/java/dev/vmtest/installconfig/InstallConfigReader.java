package dev.vmtest.installconfig;

import dev.vmtest.apt.AptReader;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.network.NetworkReader;
import dev.vmtest.storage.StorageReader;
import java.util.List;
import java.util.Map;

/** Read the top-level keys of a configuration (curtin's documentation, "Configuration"). */
final class InstallConfigReader {

    /** Keys whose value is handed on as it is. */
    private static final String[] PASSED_ON = {
        "disable_overlayroot", "kexec", "reporter", "restore_dist_interfaces", "showtrace", "verbosity"
    };

    /** Small sections that are handed on, with the keys that curtin reads in them. */
    private static final Map<String, List<String>> SWITCHES = Map.of(
            "curthooks", List.of("mode"),
            "kernel-crash-dumps", List.of("enabled"),
            "multipath", List.of("mode", "packages", "overwrite_bindings"),
            "pollinate", List.of("user_agent"),
            "system_upgrade", List.of("enabled"));

    private final MapReader root;
    private final Problems problems;

    InstallConfigReader(MapValue root, Problems problems) {
        this.root = new MapReader(root, "configuration", problems);
        this.problems = problems;
    }

    InstallConfig read() {
        root.accept("storage", "network");
        root.accept(PASSED_ON);
        SWITCHES.forEach((section, keys) -> {
            MapReader reader = root.section(section);
            keys.forEach(reader::accept);
            reader.leaveUnknownToInstaller();
        });
        InstallConfig config = new InstallConfig(
                root.source(),
                StorageReader.read(root.source(), problems),
                BlockMeta.read(root),
                NetworkReader.read(root.source(), problems),
                new StageListReader(root).read(),
                WriteFile.readAll(root),
                WriteFile.readCloudConfig(root),
                SwapConfig.read(root),
                GrubConfig.read(root),
                KernelConfig.read(root),
                InstallSection.read(root),
                ReportingEndpoint.readAll(root),
                PowerState.read(root),
                ProxyConfig.read(root),
                AptReader.read(root),
                InstallSource.readAll(root),
                VmtestReader.read(root));
        DiskOverrideRules.check(config.storage(), config.vmtest().disks(), problems);
        config.blockMeta().refuseBeside(config.storage() == null || config.forcesAutomaticLayout(), problems);
        KeptFileRules.check(config.storage(), config.vmtest().keptFiles(), problems);
        root.refuseUnknown(new UnreadKeys(root.source(), root.knownValues())::contains);
        return config;
    }
}
