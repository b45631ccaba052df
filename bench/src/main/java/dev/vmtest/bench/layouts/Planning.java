package dev.vmtest.bench.layouts;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.installer.builtin.BuiltinInstaller;
import dev.vmtest.installer.builtin.InstallPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/** Plan random layouts and networks. */
public final class Planning {

    private Planning() {}

    /** Return the layouts of consecutive seeds, by the name of the file that each would be. */
    public static Map<String, String> layouts(long first, int number) {
        Map<String, String> layouts = new LinkedHashMap<>();
        for (long seed = first; seed < first + number; seed++) {
            layouts.put("layout-" + seed + ".yaml", RandomLayout.yaml(seed));
        }
        return layouts;
    }

    /** Return the networks of consecutive seeds, by the name of the file that each would be. */
    public static Map<String, String> networks(long first, int number) {
        Map<String, String> networks = new LinkedHashMap<>();
        for (long seed = first; seed < first + number; seed++) {
            networks.put("network-" + seed + ".yaml", RandomNetwork.yaml(seed));
        }
        return networks;
    }

    /**
     * Take a layout or a network from its text to the steps of an install.
     *
     * @param file what messages name, which has the seed
     * @throws dev.vmtest.config.ConfigException if it can't be planned
     */
    public static InstallPlan plan(String file, String yaml) {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(ConfigFiles.parse(file, yaml, problems), problems);
        problems.throwIfAny();
        boolean uefi = MachineNeeds.of(config).uefi();
        config.checkBoot(uefi, problems);
        InstallPlan plan = BuiltinInstaller.plan(config, uefi, problems);
        problems.throwIfAny();
        return plan;
    }
}
