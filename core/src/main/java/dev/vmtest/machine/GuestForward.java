package dev.vmtest.machine;

import java.util.List;

/**
 * Say what answers a guest at an address of its user network that is nobody's otherwise.
 *
 * @param address an IPv4 address of that network
 * @param port a TCP port
 * @param command what is started on the host for each connection, with the connection as its input and output
 */
public record GuestForward(String address, int port, List<String> command) {

    public GuestForward {
        command = List.copyOf(command);
    }
}
