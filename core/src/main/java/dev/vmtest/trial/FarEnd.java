package dev.vmtest.trial;

import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.Segment;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.peer.Peer;
import dev.vmtest.peer.PeerPlan;
import dev.vmtest.peer.PeerPlanner;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Be at the other end of the network of a test's first boot, if the test asks for that. */
final class FarEnd implements AutoCloseable {

    private final @Nullable Peer peer;
    private final Workspace workspace;

    private FarEnd(@Nullable Peer peer, Workspace workspace) {
        this.peer = peer;
        this.workspace = workspace;
    }

    /** Return who is there, if anybody is. */
    static Optional<PeerPlan> plan(TestCase test) {
        NetworkConfig network = test.config().network();
        return test.hasPeer() && network != null
                ? Optional.of(PeerPlanner.of(
                        network,
                        test.machine().nics().stream().map(NicSpec::mac).toList()))
                : Optional.empty();
    }

    /**
     * Begin to be there.
     *
     * @throws IOException if what is sent cannot be recorded
     */
    static FarEnd of(TestCase test, Workspace workspace, InstantSource clock) throws IOException {
        Optional<PeerPlan> plan = plan(test);
        return new FarEnd(
                plan.isPresent()
                        ? Peer.of(plan.get(), workspace.directory(), workspace::segmentRecording, clock)
                        : null,
                workspace);
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
            peer.word().write(workspace.peerWord());
        }
    }
}
