package dev.vmtest.check;

import dev.vmtest.facts.DebianPackage;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FstabEntry;
import dev.vmtest.facts.Swap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Check what must hold on every installed system. */
final class SystemChecks {

    private SystemChecks() {}

    static List<Check> list(Target target, String kernelPackage, Set<String> derived) {
        List<Check> checks = new ArrayList<>();
        List<String> ownSwaps = derived.stream()
                .filter(name -> name.endsWith(": swap active") || name.equals("swap file: active"))
                .sorted()
                .toList();
        checks.add(Check.of("swaps used", "DefaultChecks.swaps_used", facts -> swapsUsed(facts, ownSwaps)));
        checks.add(Check.of("no failed units", "DefaultChecks.failed_units", SystemChecks::failedUnits));
        switch (target.distribution()) {
            case DEBIAN, UBUNTU -> {
                checks.add(Check.of(
                        "installed kernel package",
                        "DefaultChecks.installed_correct_kernel_package",
                        facts -> kernelPackage(facts, kernelPackage)));
                checks.add(Check.of(
                        "interfaces.d/eth0.cfg removed",
                        "DefaultChecks.interfacesd_eth0_removed",
                        SystemChecks::interfacesRemoved));
            }
            case CENTOS -> {
                // dpkg's list and interfaces.d are Debian's.
            }
        }
        return checks;
    }

    static Outcome installedPackage(Facts facts, String name) {
        DebianPackage found = facts.packages().get(name);
        return found == null ? Outcome.failed(name + " is not installed") : installed(found, name);
    }

    static Outcome kernelPackage(Facts facts, String name) {
        DebianPackage found = facts.packages().get(name);
        if (found == null) {
            String kernels = facts.packages().keySet().stream()
                    .filter(other -> other.startsWith("linux-image"))
                    .collect(Collectors.joining(", "));
            return Outcome.failed(name + " is not installed; kernels that are: [" + kernels + "]");
        }
        return installed(found, name);
    }

    private static Outcome installed(DebianPackage found, String name) {
        return found.installed()
                ? Outcome.passed(name + " " + found.version() + " is installed")
                : Outcome.failed(name + " should be installed but its status is '" + found.status() + "'");
    }

    private static Outcome interfacesRemoved(Facts facts) {
        String listing = facts.text("find_interfacesd");
        return listing.lines().anyMatch(line -> line.endsWith("/eth0.cfg"))
                ? Outcome.failed("/etc/network/interfaces.d/eth0.cfg should be absent but exists", listing)
                : Outcome.passed("/etc/network/interfaces.d/eth0.cfg is absent", listing);
    }

    private static Outcome failedUnits(Facts facts) {
        String failed = facts.text("facts/systemd-failed").strip();
        return failed.isEmpty()
                ? Outcome.passed("systemd lists no failed unit")
                : Outcome.failed(
                        "systemd lists failed units: "
                                + failed.lines()
                                        .map(line -> line.strip().split("\\s+", 2)[0])
                                        .collect(Collectors.joining(", ")),
                        failed);
    }

    private static Outcome swapsUsed(Facts facts, List<String> ownSwaps) {
        Set<String> active = facts.swaps().stream().map(Swap::path).collect(Collectors.toSet());
        List<String> unused = new ArrayList<>();
        int found = 0;
        for (FstabEntry entry : facts.fstab()) {
            if (entry.type().equals("swap") && !entry.optionList().contains("noauto")) {
                found++;
                Optional<String> path = FstabSpec.devicePath(facts, entry.spec());
                if (path.isEmpty() || !active.contains(path.get())) {
                    unused.add(entry.spec());
                }
            }
        }
        if (unused.isEmpty()) {
            return Outcome.passed(found + " swap entries of fstab, all active");
        }
        String message = "swap entries of fstab that are not active: " + unused;
        return ownSwaps.isEmpty()
                ? Outcome.failed(message, facts.text("proc-swaps"))
                : Outcome.blocked(ownSwaps, message);
    }
}
