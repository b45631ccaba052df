package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Read what is installed and where from: apt, packages, the SSH server, the kernel, answers to debconf. */
final class PackageSections {

    /** Keys of {@code apt} that subiquity reads itself and does not hand on to curtin. */
    private static final Set<String> MIRROR_KEYS = Set.of("mirror-selection", "fallback", "geoip");

    private static final String PACKAGE_NAME = "[a-z0-9][a-z0-9+.-]+";

    /** Packages that only choose one of Ubuntu's kernels. */
    private static final String UBUNTU_KERNEL = "linux-(image-|headers-)?(generic|virtual|lowlatency|kvm|oem)(-.*)?";

    /** Fetch lists only if a package is missing: a machine may have no network to fetch them over. */
    private static final String UPDATE = "for package; do dpkg-query -W -f '${db:Status-Status}\\n' \"$package\""
            + " 2>/dev/null | grep -qx installed || exec apt-get update; done";

    private static final String INSTALL = "dpkg-query -W -f '${db:Status-Status}\\n' \"$1\" 2>/dev/null"
            + " | grep -qx installed || DEBIAN_FRONTEND=noninteractive exec apt-get install --yes -- \"$1\"";

    private final MapReader body;
    private final Draft draft;

    PackageSections(MapReader body, Draft draft) {
        this.body = body;
        this.draft = draft;
    }

    void read() {
        apt();
        List<ScalarValue> packages = new ArrayList<>(packages());
        if (body.value("ssh") instanceof MapValue ssh
                && ssh.get("install-server") instanceof ScalarValue wanted
                && Boolean.TRUE.equals(wanted.value())) {
            packages.add(new Place(wanted.location()).text("openssh-server"));
        }
        install(packages);
        kernel();
        String selections = body.string("debconf-selections");
        if (selections != null) {
            draft.put(
                    "debconf_selections",
                    "autoinstall",
                    Place.of(body, "debconf-selections").text(selections));
        }
    }

    private void apt() {
        MapValue section = body.map("apt");
        if (section == null) {
            return;
        }
        Map<String, MapValue.Entry> kept = new LinkedHashMap<>();
        Map<String, Location> left = new LinkedHashMap<>();
        section.entries().forEach((key, entry) -> {
            if (MIRROR_KEYS.contains(key)) {
                checkMirrors(key, entry);
                left.put(key, entry.keyLocation());
            } else if (!isEmpty(entry.value())) {
                kept.put(key, entry);
            }
        });
        // Alone it only lets subiquity write the mirrors that it has found.
        MapValue.Entry preserve = kept.get("preserve_sources_list");
        if (preserve != null && kept.size() == 1 && !isTrue(preserve.value())) {
            kept.remove("preserve_sources_list");
            left.put("preserve_sources_list", preserve.keyLocation());
        }
        if (!left.isEmpty()) {
            draft.notDone(
                    left.values().iterator().next(),
                    "apt: no mirror is chosen (" + String.join(", ", left.keySet())
                            + "); the image's own package sources stay");
        }
        kept.forEach((key, entry) -> draft.put("apt", key, entry.value()));
    }

    private void checkMirrors(String key, MapValue.Entry entry) {
        boolean wrong = switch (key) {
            case "mirror-selection" -> !(entry.value() instanceof MapValue);
            case "geoip" -> !(entry.value() instanceof ScalarValue flag && flag.value() instanceof Boolean);
            default ->
                !(entry.value() instanceof ScalarValue word
                        && Set.of("abort", "continue-anyway", "offline-install").contains(word.text()));
        };
        if (wrong) {
            body.problems()
                    .add(
                            entry.value().location(),
                            "apt: '" + key + "' can't be "
                                    + (entry.value() instanceof ScalarValue scalar
                                            ? "'" + scalar.text() + "'"
                                            : entry.value().describe()),
                            switch (key) {
                                case "mirror-selection" -> "write 'primary:' below it";
                                case "geoip" -> "write true or false";
                                default -> "use abort, continue-anyway or offline-install";
                            });
        }
    }

    private List<ScalarValue> packages() {
        ListValue list = body.list("packages");
        if (list == null) {
            return List.of();
        }
        List<ScalarValue> packages = new ArrayList<>();
        for (Value item : list.items()) {
            if (item instanceof ScalarValue name
                    && name.value() instanceof String
                    && !name.text().isBlank()) {
                packages.add(name);
            } else {
                body.problems()
                        .add(item.location(), "autoinstall: 'packages' must list names, not " + item.describe(), "");
            }
        }
        return packages;
    }

    private void install(List<ScalarValue> packages) {
        if (packages.isEmpty()) {
            return;
        }
        List<String> update = new ArrayList<>(List.of("sh", "-c", UPDATE, "sh"));
        packages.forEach(name -> update.add(name.text()));
        draft.inTarget(new Place(packages.get(0).location()), "2-package-lists", update.toArray(String[]::new));
        int number = 0;
        for (ScalarValue name : packages) {
            Place place = new Place(name.location());
            draft.inTarget(place, "3-package-%04d".formatted(number++), "sh", "-c", INSTALL, "sh", name.text());
            if (name.text().matches(PACKAGE_NAME)) {
                draft.expectPackage(name);
            } else {
                draft.notJudged(
                        name.location(),
                        "packages: whether '" + name.text() + "', which is not only a name, is installed");
            }
        }
    }

    private void kernel() {
        MapValue section = body.map("kernel");
        if (section == null) {
            return;
        }
        MapReader reader = body.within(section, "kernel");
        String name = reader.string("package");
        String flavor = reader.string("flavor");
        reader.refuseUnknown();
        if ((name == null) == (flavor == null)) {
            reader.problems()
                    .add(
                            section.location(),
                            "kernel: either 'package' or 'flavor' must be there",
                            name == null ? "add one of them" : "remove one of them");
        } else if (name == null || name.matches(UBUNTU_KERNEL)) {
            draft.notDone(
                    reader.at(name == null ? "flavor" : "package"),
                    "kernel: '" + (name == null ? flavor : name)
                            + "' is a choice among Ubuntu's kernels; the image's own kernel is installed;"
                            + " 'vmtest: {target_kernel_package: …}' asks for another");
        } else {
            draft.put("kernel", "package", Place.of(reader, "package").text(name));
        }
    }

    private static boolean isEmpty(Value value) {
        return (value instanceof ListValue list && list.items().isEmpty())
                || (value instanceof MapValue map && map.entries().isEmpty())
                || (value instanceof ScalarValue scalar && scalar.value() == null);
    }

    private static boolean isTrue(Value value) {
        return value instanceof ScalarValue scalar && Boolean.TRUE.equals(scalar.value());
    }
}
