package dev.vmtest.iscsi;

import dev.vmtest.files.NewFile;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Run a {@code tgtd} of our own on a free port of the loopback address. It needs no root, and ends with this JVM
 * however the JVM ends.
 */
public final class TgtServer implements IscsiServer {

    private static final Logger LOG = LoggerFactory.getLogger(TgtServer.class);

    private static final int ATTEMPTS = 20;
    private static final Duration READY = Duration.ofSeconds(20);

    private final Running tgtd;
    private final TemporaryDirectory directory;
    private final TgtControl control;
    private final Place place;
    private final int port;

    private TgtServer(Running tgtd, TemporaryDirectory directory, TgtControl control, Place place, int port) {
        this.tgtd = tgtd;
        this.directory = directory;
        this.control = control;
        this.place = place;
        this.port = port;
    }

    /**
     * Say where a server listens.
     *
     * @param address an IPv4 address
     * @param isPrivate whether it is in a network of the server's own
     */
    private record Place(String address, boolean isPrivate) {

        /** Ask the kernel for a port that nobody has; another process may be quicker, which is found out afterwards. */
        private int freePort() throws IOException {
            if (isPrivate) {
                return PrivateNetwork.PORT;
            }
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(address, 0));
                return socket.getLocalPort();
            }
        }

        private Command in(Command command) {
            return isPrivate ? PrivateNetwork.command(command) : command;
        }
    }

    /**
     * Start a server on the loopback address.
     *
     * @param temporary the parent of the directory for the control socket, whose path must be short
     * @param log takes what the server prints
     * @throws IscsiException if there is no tgtd or it does not serve
     */
    public static TgtServer start(Processes processes, Path temporary, Path log) throws IscsiException {
        return start(processes, temporary, log, InetAddress.getLoopbackAddress().getHostAddress());
    }

    /**
     * Start a server on an address of this host.
     *
     * @param address an IPv4 address
     */
    public static TgtServer start(Processes processes, Path temporary, Path log, String address) throws IscsiException {
        return start(processes, temporary, log, new Place(address, false));
    }

    /** Start a server in {@linkplain PrivateNetwork a network of its own}, whose address means the same to guests. */
    public static TgtServer startPrivate(Processes processes, Path temporary, Path log) throws IscsiException {
        return start(processes, temporary, log, new Place(PrivateNetwork.ADDRESS, true));
    }

    private static TgtServer start(Processes processes, Path temporary, Path log, Place place) throws IscsiException {
        try {
            TemporaryDirectory directory = TemporaryDirectory.create(temporary, "vmtest-iscsi-");
            try {
                for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                    int port = place.freePort();
                    String portal = place.address() + ":" + port;
                    Path socket = directory.path().resolve("tgt-" + attempt);
                    TgtControl control = new TgtControl(processes, socket);
                    Running tgtd = processes.start(
                            place.in(Command.of("tgtd", "--foreground", "--iscsi", "portal=" + portal)
                                    .withEnvironment(TgtControl.SOCKET, socket.toString())),
                            log);
                    boolean isServing = false;
                    try {
                        isServing = serves(tgtd, control, portal, log);
                    } finally {
                        if (!isServing) {
                            end(tgtd);
                        }
                    }
                    if (isServing) {
                        TgtServer server = new TgtServer(tgtd, directory, control, place, port);
                        server.writeDoor();
                        return server;
                    }
                }
                throw new IscsiException("tgtd finds no free port on " + place.address() + " (see " + log + ")");
            } catch (IscsiException | ProcessException | IOException | RuntimeException failure) {
                directory.close();
                throw failure;
            }
        } catch (ProcessException missing) {
            throw new IscsiException(String.valueOf(missing.getMessage()), missing);
        } catch (IOException trouble) {
            throw new IscsiException("no iSCSI server can be started: " + PlainTrouble.of(trouble), trouble);
        }
    }

    private void writeDoor() throws IOException {
        if (place.isPrivate()) {
            try {
                NewFile.write(doorScript(), PrivateNetwork.door(tgtd.pid()));
            } catch (IOException trouble) {
                end(tgtd);
                throw trouble;
            }
        }
    }

    private Path doorScript() {
        return directory.path().resolve("door");
    }

    /** A tgtd whose portal is taken goes on with its default one, on all addresses: it must not live. */
    private static boolean serves(Running tgtd, TgtControl control, String portal, Path log) throws IscsiException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (tgtd.isAlive() && System.nanoTime() < deadline) {
            var portals = control.portals();
            if (portals.isPresent()) {
                return portals.get().equals(List.of(portal));
            }
            await(tgtd);
        }
        if (!tgtd.isAlive()) {
            throw new IscsiException("tgtd ended at once (see " + log + "): " + lastLine(log));
        }
        throw new IscsiException("tgtd does not answer within " + READY.toSeconds() + " s (see " + log + ")");
    }

    /** Wait a moment for a server that begins to listen, or for its end. */
    private static void await(Running tgtd) throws IscsiException {
        try {
            var unused = tgtd.exit().get(50, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException alive) {
            // It still begins.
        } catch (java.util.concurrent.ExecutionException unknown) {
            throw new IscsiException("tgtd cannot be watched", unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IscsiException("interrupted while tgtd was started", interrupted);
        }
    }

    private static String lastLine(Path log) {
        try {
            return Files.readAllLines(log).stream().reduce("", (first, last) -> last);
        } catch (IOException unreadable) {
            return PlainTrouble.of(unreadable);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String hostFromGuest() {
        return GuestView.of(place.address());
    }

    @Override
    public Optional<GuestDoor> door() {
        return place.isPrivate()
                ? Optional.of(new GuestDoor(
                        place.address(), port, PrivateNetwork.door(doorScript().toString())))
                : Optional.empty();
    }

    /** Return the address and the port on which it listens. */
    public String portal() {
        return place.address() + ":" + port;
    }

    /** Return the process id of the server. */
    public long pid() {
        return tgtd.pid();
    }

    /** Return what {@code TGT_IPC_SOCKET} must be for tgtadm to reach this server. */
    public Path socket() {
        return control.socket();
    }

    @Override
    public void add(IscsiTarget target) throws IscsiException {
        control.add(target);
    }

    /** Wait until the server ends. */
    public void await() throws InterruptedException {
        try {
            var unused = tgtd.exit().get();
        } catch (java.util.concurrent.ExecutionException unknown) {
            LOG.warn("tgtd cannot be watched", unknown);
        }
    }

    @Override
    public void close() {
        end(tgtd);
        try {
            directory.close();
        } catch (IOException left) {
            LOG.warn("{}", PlainTrouble.of(left));
        }
    }

    /** TERM does not end a tgtd that has targets, and there is nothing that it would have to save. */
    private static void end(Running tgtd) {
        tgtd.kill();
        tgtd.close();
    }
}
