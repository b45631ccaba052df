package dev.vmtest.machine.qemu;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Say where a machine's serial console and its control socket end on the host.
 *
 * @param serial what the first serial port is connected to
 * @param controlSocket the unix socket where QEMU listens for QMP, or null for none
 * @param agentSocket the unix socket on which someone listens for the agent of a machine that is saved or
 *     resumed, or null for a machine without agent
 * @param vnc where QEMU serves the graphical console, {@code HOST:DISPLAY}, or null for nowhere
 * @param segments the unix sockets on which someone listens for the frames of each NIC, in order; empty for NICs that
 *     are connected to what their descriptions name
 */
public record Wiring(
        Serial serial,
        @Nullable Path controlSocket,
        @Nullable Path agentSocket,
        @Nullable String vnc,
        List<Path> segments) {

    public Wiring {
        segments = List.copyOf(segments);
    }

    /** Wire a machine whose NICs are connected to what their descriptions name. */
    public Wiring(Serial serial, @Nullable Path controlSocket, @Nullable Path agentSocket, @Nullable String vnc) {
        this(serial, controlSocket, agentSocket, vnc, List.of());
    }

    /** Wire a machine that nobody looks at. */
    public Wiring(Serial serial, @Nullable Path controlSocket, @Nullable Path agentSocket) {
        this(serial, controlSocket, agentSocket, null);
    }

    /** Wire a machine that has no agent. */
    public Wiring(Serial serial, @Nullable Path controlSocket) {
        this(serial, controlSocket, null);
    }

    /** Connect the first serial port to something. */
    public sealed interface Serial {

        /**
         * Connect it to a unix socket on which someone listens already, so that no byte is lost.
         *
         * @param path the socket
         */
        record Socket(Path path) implements Serial {}

        /** Connect it to the terminal that QEMU runs in, for a person. */
        record Terminal() implements Serial {}
    }

    /** Return the wiring for a person at a terminal. */
    public static Wiring terminal() {
        return new Wiring(new Serial.Terminal(), null);
    }
}
