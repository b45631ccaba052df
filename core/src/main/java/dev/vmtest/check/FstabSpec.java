package dev.vmtest.check;

import dev.vmtest.facts.DeviceLink;
import dev.vmtest.facts.Facts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Find the device that the first field of an fstab entry means, as mount(8) does. */
final class FstabSpec {

    private static final Map<String, String> TAGS = Map.of(
            "UUID", "/dev/disk/by-uuid/",
            "LABEL", "/dev/disk/by-label/",
            "PARTUUID", "/dev/disk/by-partuuid/",
            "PARTLABEL", "/dev/disk/by-partlabel/",
            "ID", "/dev/disk/by-id/");

    private FstabSpec() {}

    /** Return the kernel name of the device that a spec means, or nothing if there is none. */
    static Optional<String> kernelName(Facts facts, String spec) {
        String path = withoutTag(spec);
        if (!path.startsWith("/dev/")) {
            return Optional.empty();
        }
        Optional<DeviceLink> link = facts.link(path);
        if (link.isPresent()) {
            return link.map(DeviceLink::target);
        }
        String name = path.substring("/dev/".length());
        return facts.device(name).map(device -> device.kernelName());
    }

    /** Return the path by which {@code /proc/swaps} would name a spec: a device node or a file. */
    static Optional<String> devicePath(Facts facts, String spec) {
        String path = withoutTag(spec);
        if (path.startsWith("/dev/")) {
            return kernelName(facts, spec).map(name -> "/dev/" + name);
        }
        return path.startsWith("/") ? Optional.of(path) : Optional.empty();
    }

    private static String withoutTag(String spec) {
        List<String> parts = List.of(spec.split("=", 2));
        String directory = parts.size() == 2 ? TAGS.get(parts.get(0)) : null;
        if (directory == null) {
            return spec;
        }
        String value = parts.get(1);
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return directory + (quoted ? value.substring(1, value.length() - 1) : value);
    }
}
