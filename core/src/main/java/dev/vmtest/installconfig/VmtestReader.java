package dev.vmtest.installconfig;

import dev.vmtest.apt.OwnRepository;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.network.MacAddress;
import dev.vmtest.release.Renderer;
import dev.vmtest.release.SourceKind;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.Sizes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Read the {@code vmtest} key. */
final class VmtestReader {

    private static final String[] DRIVERS = {"virtio-blk", "scsi-hd", "nvme"};
    private static final long MIB = 1024L * 1024;
    private static final int MOST_CPUS = 64;
    private static final int LEAST_MEMORY = 256;
    private static final int MOST_MEMORY = 1024 * 1024;
    private static final int LONGEST_TIMEOUT = 7 * 24 * 3600;
    private static final int MOST_PATHS = 8;

    private VmtestReader() {}

    static VmtestSection read(MapReader root) {
        MapReader reader = root.section(VmtestSection.KEY);
        MapReader timing = reader.section("timeouts", "vmtest: timeouts");
        Map<String, Boolean> firmwares = new LinkedHashMap<>();
        firmwares.put("bios", false);
        firmwares.put("uefi", true);
        MapReader expect = ExpectedInstallFailure.isWordAlone(reader, ExpectedSystem.KEY)
                ? reader.within(new MapValue(reader.at(ExpectedSystem.KEY), Map.of()), ExpectedSystem.SUBJECT)
                : reader.section(ExpectedSystem.KEY, ExpectedSystem.SUBJECT);
        VmtestSection section = new VmtestSection(
                reader.source().location(),
                reader.text("release"),
                List.copyOf(reader.textOrTexts("supported_releases")),
                kernelPackage(reader),
                source(reader),
                renderer(reader),
                reader.integer("cpus", 1, MOST_CPUS),
                memory(reader),
                reader.choice("firmware", firmwares),
                reader.choice("disk_driver", DRIVERS),
                blockSize(reader),
                disks(reader),
                nics(reader),
                reader.bool("network_peer"),
                timing.integer("install", 1, LONGEST_TIMEOUT),
                timing.integer("boot", 1, LONGEST_TIMEOUT),
                reader.text("kernel_arguments"),
                Boolean.TRUE.equals(reader.bool("second_boot")),
                List.copyOf(reader.textOrTexts("collect_scripts")),
                keptFiles(reader),
                reader.map("boot_cloudconf"),
                ExpectedSystem.read(expect),
                ExpectedInstallFailure.read(expect),
                OwnRepository.read(reader),
                Remark.readAll(reader, "not_judged"));
        timing.refuseUnknown();
        expect.refuseUnknown();
        reader.refuseUnknown();
        EmptyValues.refuse(reader);
        return section;
    }

    /** A package has a name as Debian's policy has it (section 5.6.7). */
    private static @Nullable String kernelPackage(MapReader reader) {
        String name = reader.text("target_kernel_package");
        if (name != null && !name.matches("[a-z0-9][a-z0-9+.-]+")) {
            reader.problem(
                    "target_kernel_package",
                    "'" + name + "' is no name of a package",
                    "write it like linux-image-amd64");
            return null;
        }
        return name;
    }

    private static @Nullable Placed<SourceKind> source(MapReader reader) {
        Map<String, SourceKind> words = new LinkedHashMap<>();
        Arrays.stream(SourceKind.values()).forEach(each -> words.put(each.text(), each));
        SourceKind kind = reader.choice("source", words);
        return kind == null ? null : new Placed<>(reader.at("source"), kind);
    }

    private static @Nullable Placed<Renderer> renderer(MapReader reader) {
        Map<String, Renderer> words = new LinkedHashMap<>();
        Arrays.stream(Renderer.values()).forEach(each -> words.put(each.text(), each));
        Renderer renderer = reader.choice("renderer", words);
        return renderer == null ? null : new Placed<>(reader.at("renderer"), renderer);
    }

    private static @Nullable Integer memory(MapReader reader) {
        if (!(reader.value("memory") instanceof ScalarValue scalar)) {
            return reader.integer("memory", LEAST_MEMORY, MOST_MEMORY);
        }
        if (scalar.value() instanceof BigInteger) {
            return reader.integer("memory", LEAST_MEMORY, MOST_MEMORY);
        }
        Long bytes = Sizes.read(reader, "memory");
        if (bytes == null) {
            return null;
        }
        if (bytes < LEAST_MEMORY * MIB || bytes > MOST_MEMORY * MIB) {
            reader.problem(
                    "memory",
                    "'memory' must be from " + LEAST_MEMORY + "M to " + MOST_MEMORY / 1024 + "G, not " + scalar.text(),
                    "");
            return null;
        }
        return (int) (bytes / MIB);
    }

    private static @Nullable Integer blockSize(MapReader reader) {
        String size = reader.choice("block_size", "512", "4096");
        return size == null ? null : Integer.valueOf(size);
    }

    private static List<DiskOverride> disks(MapReader section) {
        List<DiskOverride> disks = new ArrayList<>();
        for (MapValue entry : section.maps("disks")) {
            MapReader reader = section.within(entry, "vmtest: disk");
            String id = reader.text("id");
            String serial = reader.text("serial");
            String wwn = reader.text("wwn");
            String name = reader.text("name");
            if (id == null && serial == null && wwn == null && name == null) {
                reader.problem("size", "nothing says which disk it is", "add 'id:', 'serial:', 'wwn:' or 'name:'");
            }
            if (name != null && !name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,40}")) {
                reader.problem("name", "'" + name + "' can't name a disk", "use letters, digits and _ . -");
            }
            disks.add(new DiskOverride(
                    entry.location(),
                    id,
                    serial,
                    wwn,
                    name,
                    Sizes.read(reader, "size", MIB),
                    reader.choice("driver", DRIVERS),
                    blockSize(reader),
                    reader.integer("paths", 1, MOST_PATHS),
                    credentials(reader, "auth"),
                    credentials(reader, "iauth")));
            reader.refuseUnknown();
        }
        return List.copyOf(disks);
    }

    private static List<KeptFile> keptFiles(MapReader section) {
        List<KeptFile> files = new ArrayList<>();
        for (Map.Entry<String, String> file : section.textMap("kept_files").entrySet()) {
            String path = file.getKey();
            if (!path.startsWith("/") || path.endsWith("/") || path.contains("\n")) {
                section.problem("kept_files", "'" + path + "' is not the absolute path of a file", "");
            } else if (section.source().get("kept_files") instanceof MapValue map) {
                files.add(new KeptFile(map.locationOf(path), path, file.getValue()));
            }
        }
        return List.copyOf(files);
    }

    private static @Nullable Secret credentials(MapReader reader, String key) {
        Secret text = reader.secret(key);
        if (text != null && !text.reveal().matches("[^\\s:@]+:[^\\s:@]+")) {
            reader.problem(key, "'" + key + "' must be a name and a password", "write '" + key + ": user:password'");
            return null;
        }
        return text;
    }

    private static @Nullable List<NicOverride> nics(MapReader section) {
        ListValue list = section.list("nics");
        if (list == null) {
            return null;
        }
        List<NicOverride> nics = new ArrayList<>();
        for (Value item : list.items()) {
            MapValue entry = item instanceof MapValue map
                    ? map
                    : new MapValue(item.location(), Map.of("mac", new MapValue.Entry(item.location(), item)));
            MapReader reader = section.within(entry, "vmtest: nic");
            if (!reader.has("mac")) {
                reader.missing("mac");
            }
            String mac = MacAddress.read(reader, "mac");
            String bridge = reader.text("bridge");
            reader.refuseUnknown();
            if (mac != null) {
                nics.add(new NicOverride(item.location(), mac.toLowerCase(Locale.ROOT), bridge));
            }
        }
        return List.copyOf(nics);
    }
}
