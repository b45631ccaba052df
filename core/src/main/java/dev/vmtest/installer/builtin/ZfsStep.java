package dev.vmtest.installer.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Be a step that makes something of ZFS. */
public sealed interface ZfsStep extends Step {

    /**
     * Make a pool, whose file systems are mounted below the target from then on.
     *
     * @param features whether it has all features that this ZFS knows
     * @param properties what {@code zpool create -o} is told
     * @param fileSystemProperties what {@code zpool create -O} is told
     */
    record MakePool(
            String pool,
            List<String> devices,
            boolean features,
            Map<String, String> properties,
            Map<String, String> fileSystemProperties)
            implements ZfsStep {

        public MakePool {
            devices = List.copyOf(devices);
            properties = new LinkedHashMap<>(properties);
            fileSystemProperties = new LinkedHashMap<>(fileSystemProperties);
        }

        @Override
        public String describe() {
            return "make the pool '" + pool + "' of " + devices.size() + (devices.size() == 1 ? " device" : " devices");
        }

        @Override
        public void write(ScriptWriter script) {
            List<String> options = new ArrayList<>();
            if (!features) {
                options.add("d");
            }
            properties.forEach((name, value) -> options.add("o " + name + "=" + value));
            fileSystemProperties.forEach((name, value) -> options.add("O " + name + "=" + value));
            List<Object> words = new ArrayList<>(List.of(pool));
            devices.forEach(device -> words.add(script.device(device)));
            script.callWithInput(options, "make_pool", words.toArray());
        }
    }

    /**
     * Make a file system in a pool.
     *
     * @param dataset its name with that of the pool
     * @param properties what {@code zfs create -o} is told
     */
    record MakeDataset(String dataset, Map<String, String> properties) implements ZfsStep {

        public MakeDataset {
            properties = new LinkedHashMap<>(properties);
        }

        @Override
        public String describe() {
            return "make the file system '" + dataset + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            List<String> options = new ArrayList<>();
            properties.forEach((name, value) -> options.add(name + "=" + value));
            script.callWithInput(options, "make_dataset", dataset);
        }
    }
}
