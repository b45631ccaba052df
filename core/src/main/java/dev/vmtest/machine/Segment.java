package dev.vmtest.machine;

/**
 * Be the network at the other end of the cable of one NIC, in the place of what the NIC's description names.
 *
 * <p>A frame is an Ethernet frame from the destination's address to the end of its data, without a checksum. The guest
 * is not trusted: it sends what it wants, as often as it wants.
 */
public interface Segment {

    /** Take the machine's end of the cable; called once, before the machine runs. */
    void connected(Cable cable);

    /** Take a frame that the machine has sent. Called on a thread of this segment's own, which may wait. */
    void received(byte[] frame);

    /** Hold the machine's end of a cable. */
    interface Cable {

        /** Send a frame to the machine; one that has ended hears nothing. */
        void send(byte[] frame);

        /** Let the NIC lose its carrier or have it again; done when this returns. A machine that has ended has none. */
        void carrier(boolean isThere);
    }
}
