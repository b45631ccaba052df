package dev.vmtest.machine.qemu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold the sockets by which a QEMU reaches us.
 *
 * @param serial its serial console
 * @param agent to the agent in the guest, or null where there is none
 * @param segments one for each NIC that has another end here
 */
record GuestLines(SerialLine serial, @Nullable AgentLine agent, List<SegmentLine> segments) implements AutoCloseable {

    GuestLines {
        segments = List.copyOf(segments);
    }

    @Override
    public void close() {
        serial.close();
        if (agent != null) {
            agent.close();
        }
        segments.forEach(SegmentLine::close);
    }
}
