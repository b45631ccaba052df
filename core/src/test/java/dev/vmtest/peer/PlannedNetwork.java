package dev.vmtest.peer;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.network.IpAddress;
import java.util.List;
import java.util.Objects;

/** Plan the other end of a section that a test writes. */
final class PlannedNetwork {

    static final List<String> NICS = List.of("52:54:00:12:34:00", "52:54:00:12:34:02", "52:54:00:12:34:04");

    private PlannedNetwork() {}

    /** Plan for three NICs. */
    static PeerPlan of(String yaml) {
        return of(yaml, NICS);
    }

    static PeerPlan of(String yaml, List<String> nics) {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(List.of(ConfigFiles.parse("net.yaml", yaml, problems)), problems);
        problems.throwIfAny();
        return PeerPlanner.of(Objects.requireNonNull(config.network()), nics);
    }

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    static Wire wire(int nic, Integer... tags) {
        return new Wire(nic, List.of(tags));
    }
}
