package dev.vmtest.testcase;

import dev.vmtest.installconfig.DiskNeed;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.installconfig.NicNeed;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.release.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Make a test's machine of what its configuration needs, what its author set and what the environment overrides. */
final class MachineSpecs {

    /** The Python harness's default ({@code nr_cpus}). */
    static final int DEFAULT_CPUS = 1;

    /** The Python harness's default ({@code mem}), in MiB. */
    static final int DEFAULT_MEMORY = 2048;

    private MachineSpecs() {}

    /**
     * Override what a test says about its machine.
     *
     * @param cpus {@code CURTIN_VMTEST_NR_CPUS}, or 0
     * @param memory {@code CURTIN_VMTEST_VMRAM} in MiB, or 0
     * @param bridge {@code CURTIN_VMTEST_BRIDGE}
     */
    record Overrides(int cpus, int memory, String bridge) {}

    static MachineSpec of(
            MachineNeeds needs, MachineSettings settings, Overrides overrides, Architecture architecture) {
        Integer neededCpus = needs.cpus();
        Integer neededMemory = needs.memory();
        return new MachineSpec(
                architecture,
                firstSet(overrides.cpus(), settings.cpus(), neededCpus == null ? 0 : neededCpus, DEFAULT_CPUS),
                firstSet(
                        overrides.memory(), settings.memory(), neededMemory == null ? 0 : neededMemory, DEFAULT_MEMORY),
                settings.uefi() || needs.uefi() ? Firmware.UEFI : Firmware.usual(architecture),
                disks(needs.disks(), settings),
                nics(needs.nics(), overrides.bridge()));
    }

    private static int firstSet(int... values) {
        return Arrays.stream(values).filter(value -> value != 0).findFirst().orElseThrow();
    }

    /** The first disk keeps its inferred size; the author's sizes go to the others in order, as in the Python harness. */
    private static List<DiskSpec> disks(List<DiskNeed> needs, MachineSettings settings) {
        Iterator<Long> extra = settings.extraDisks().iterator();
        Iterator<Long> nvme = settings.nvmeDisks().iterator();
        List<DiskSpec> disks = new ArrayList<>();
        boolean isFirst = true;
        for (DiskNeed need : needs) {
            boolean isNvme = driver(need.driver()) == DiskDriver.NVME;
            Iterator<Long> sizes = isNvme ? nvme : extra;
            long size = need.size();
            if ((isNvme || !isFirst) && sizes.hasNext()) {
                size = sizes.next();
            }
            isFirst &= isNvme;
            disks.add(disk(need, size, settings));
        }
        for (int number = 1; extra.hasNext(); number++) {
            disks.add(spare("extra_disk_" + number, extra.next(), DiskDriver.VIRTIO_BLK, settings));
        }
        for (int number = 1; nvme.hasNext(); number++) {
            disks.add(spare("nvme_disk_" + number, nvme.next(), DiskDriver.NVME, settings));
        }
        return disks;
    }

    private static DiskSpec disk(DiskNeed need, long size, MachineSettings settings) {
        DiskDriver needed = driver(need.driver());
        DiskDriver wanted = settings.diskDriver();
        int blockSize = settings.blockSize() == 0 ? need.blockSize() : settings.blockSize();
        return new DiskSpec(
                need.id().replaceAll("[^A-Za-z0-9._-]", "-"),
                size,
                wanted == null || needed == DiskDriver.NVME ? needed : wanted,
                need.serial(),
                need.wwn(),
                blockSize,
                blockSize,
                settings.paths() > 1 ? settings.paths() : need.paths());
    }

    /** A disk that the configuration does not mention: it must stay as it was. */
    private static DiskSpec spare(String name, long size, DiskDriver driver, MachineSettings settings) {
        DiskDriver wanted = settings.diskDriver();
        int blockSize = settings.blockSize() == 0 ? 512 : settings.blockSize();
        return new DiskSpec(
                name,
                size,
                wanted == null || driver == DiskDriver.NVME ? driver : wanted,
                name,
                null,
                blockSize,
                blockSize,
                1);
    }

    private static List<NicSpec> nics(List<NicNeed> needs, String defaultBridge) {
        List<NicSpec> nics = new ArrayList<>();
        for (NicNeed need : needs) {
            String bridge = need.bridge();
            nics.add(new NicSpec(need.mac(), bridge == null ? defaultBridge : bridge));
        }
        return nics;
    }

    private static DiskDriver driver(String text) {
        return Arrays.stream(DiskDriver.values())
                .filter(driver -> driver.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no disk driver is called '" + text + "'"));
    }
}
