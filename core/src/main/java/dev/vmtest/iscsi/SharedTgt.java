package dev.vmtest.iscsi;

import dev.vmtest.process.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serve targets with a tgtd that somebody else runs, and take them away from it in the end. */
public final class SharedTgt implements IscsiServer {

    private static final Logger LOG = LoggerFactory.getLogger(SharedTgt.class);

    private final TgtControl control;
    private final String host;
    private final int port;
    private final List<Integer> numbers = new ArrayList<>();

    /**
     * Use a server that runs.
     *
     * @param portal its portal as {@code HOST:PORT}, whose host a guest must reach by the same name, or the
     *     loopback address
     * @param socket its control socket
     */
    public SharedTgt(Processes processes, String portal, Path socket) {
        this.control = new TgtControl(processes, socket);
        int colon = portal.lastIndexOf(':');
        this.host = portal.substring(0, colon).replaceAll("^\\[|\\]$", "");
        this.port = Integer.parseInt(portal.substring(colon + 1));
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String hostFromGuest() {
        return GuestView.of(host);
    }

    @Override
    public Optional<GuestDoor> door() {
        return Optional.empty();
    }

    @Override
    public synchronized void add(IscsiTarget target) throws IscsiException {
        numbers.add(control.add(target));
    }

    @Override
    public synchronized void close() {
        for (int number : numbers) {
            try {
                control.remove(number);
            } catch (IscsiException left) {
                LOG.warn("a target stays on the iSCSI server {}:{}: {}", host, port, left.getMessage());
            }
        }
        numbers.clear();
        try {
            control.removeAccounts();
        } catch (IscsiException left) {
            LOG.warn("an account stays on the iSCSI server {}:{}: {}", host, port, left.getMessage());
        }
    }
}
