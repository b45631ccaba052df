package dev.vmtest.trial;

import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.Segment;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkDrawing;
import dev.vmtest.peer.Lan;
import dev.vmtest.peer.Peer;
import dev.vmtest.peer.PeerPlan;
import dev.vmtest.peer.PeerPlanner;
import dev.vmtest.peer.Wire;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Be at the other end of the network of a boot of what was installed, if the test asks for that. */
final class FarEnd implements AutoCloseable {

    private final @Nullable Peer peer;
    private final Workspace workspace;
    private final InstalledBoot which;

    private FarEnd(@Nullable Peer peer, Workspace workspace, InstalledBoot which) {
        this.peer = peer;
        this.workspace = workspace;
        this.which = which;
    }

    /** Return who is there, if anybody is. */
    static Optional<PeerPlan> plan(TestCase test) {
        NetworkConfig network = test.config().network();
        return test.hasPeer() && network != null
                ? Optional.of(PeerPlanner.of(network, macAddresses(test)))
                : Optional.empty();
    }

    /** Return the addresses of the machine's cards, in order. */
    static List<String> macAddresses(TestCase test) {
        return test.machine().nics().stream().map(NicSpec::mac).toList();
    }

    /** Return who is at the other ends, as a drawing shows it. */
    static List<NetworkDrawing.FarSide> farSides(TestCase test) {
        return plan(test).map(PeerPlan::lans).orElse(List.of()).stream()
                .map(FarEnd::farSide)
                .toList();
    }

    private static NetworkDrawing.FarSide farSide(Lan lan) {
        return new NetworkDrawing.FarSide(
                "peer of " + lan.owner(),
                lan.described(),
                lan.wires().stream().map(Wire::nic).collect(Collectors.toSet()));
    }

    /**
     * Begin to be there.
     *
     * @throws IOException if what is sent cannot be recorded
     */
    static FarEnd of(TestCase test, Workspace workspace, InstalledBoot which, InstantSource clock) throws IOException {
        Optional<PeerPlan> plan = plan(test);
        return new FarEnd(
                plan.isPresent()
                        ? Peer.of(
                                plan.get(), workspace.directory(), nic -> workspace.segmentRecording(which, nic), clock)
                        : null,
                workspace,
                which);
    }

    /** Return what is at the other end of each NIC; nothing where nobody is. */
    List<Segment> segments() {
        return peer == null ? List.of() : peer.segments();
    }

    /** Write down what there was to say, however the boot has ended. */
    @Override
    public void close() throws IOException {
        if (peer != null) {
            peer.close();
            peer.word().write(workspace.peerWord(which));
        }
    }
}
