package dev.vmtest.bench.ways;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Know which devices lie directly below a device.
 *
 * @param parents by kernel name
 */
record DeviceParents(Map<String, SortedSet<String>> parents) {

    /** Devices with those that lie on them, as trees or each by itself (lsblk(8)). */
    private static final String DEVICES = "facts/lsblk.json";

    DeviceParents {
        parents = Map.copyOf(parents);
    }

    /**
     * Read what one installed system says.
     *
     * @throws IOException if it can't be read
     */
    static DeviceParents of(Path collected) throws IOException {
        Map<String, SortedSet<String>> parents = new HashMap<>();
        Path devices = collected.resolve(DEVICES);
        if (Files.exists(devices)) {
            read(JsonMapper.shared().readTree(Files.readAllBytes(devices)).path("blockdevices"), parents);
        }
        return new DeviceParents(parents);
    }

    private static void read(JsonNode devices, Map<String, SortedSet<String>> parents) {
        for (JsonNode device : devices) {
            String parent = device.path("pkname").asString("");
            if (!parent.isEmpty()) {
                parents.computeIfAbsent(device.path("kname").asString(""), name -> new TreeSet<>())
                        .add(parent);
            }
            read(device.path("children"), parents);
        }
    }

    /** Return the kernel names of what a device lies on, in the order of the alphabet. */
    SortedSet<String> of(String device) {
        return parents.getOrDefault(device, new TreeSet<>());
    }
}
