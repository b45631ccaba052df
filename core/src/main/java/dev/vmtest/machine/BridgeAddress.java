package dev.vmtest.machine;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** Find the address of this host on one of its bridges. */
public final class BridgeAddress {

    /** No packet is sent there: the address only has the system say which of its own it would send from. */
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

    private BridgeAddress() {}

    /**
     * Return the address under which guests on a bridge reach this host: the bridge's own, or that of the default route.
     *
     * @throws MachineException if there is none
     */
    public static String of(String bridge) throws MachineException {
        try {
            NetworkInterface device = NetworkInterface.getByName(bridge);
            if (device != null) {
                Optional<String> own = device.inetAddresses()
                        .filter(Inet4Address.class::isInstance)
                        .map(InetAddress::getHostAddress)
                        .findFirst();
                if (own.isPresent()) {
                    return own.get();
                }
            }
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(ELSEWHERE);
                InetAddress address = socket.getLocalAddress();
                if (!address.isAnyLocalAddress()) {
                    return address.getHostAddress();
                }
            }
        } catch (SocketException | UncheckedIOException unknown) {
            throw new MachineException("the address of this host on the bridge " + bridge + " is not known", unknown);
        }
        throw new MachineException("this host has no address for guests on the bridge " + bridge
                + "; give it one with 'ip addr add', or name one with IP_ADDR");
    }
}
