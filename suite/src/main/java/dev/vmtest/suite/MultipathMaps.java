package dev.vmtest.suite;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;

/** Find the maps that join the paths of disks. */
final class MultipathMaps {

    private MultipathMaps() {}

    /** Return the map whose paths have a serial. */
    static BlockDevice of(Facts facts, String serial) {
        String path = facts.diskBySerial(serial).orElseThrow().kernelName();
        return facts.devices().stream()
                .filter(device ->
                        device.type().equals("mpath") && device.parents().contains(path))
                .findFirst()
                .orElseThrow();
    }
}
