package dev.vmtest.iscsi;

import java.util.List;

/**
 * Say how a guest's connections are to reach a server that is in a network of its own.
 *
 * @param address the server's, and what a guest calls
 * @param port likewise
 * @param command what carries one connection between the server and its own input and output
 */
public record GuestDoor(String address, int port, List<String> command) {

    public GuestDoor {
        command = List.copyOf(command);
    }
}
