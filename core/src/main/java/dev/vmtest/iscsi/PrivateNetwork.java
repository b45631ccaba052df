package dev.vmtest.iscsi;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Give a server a network of its own, in which it has an address that guests can call it by. One that tells initiators
 * its address (discovery) tells them what they can use then, and still nobody else reaches it. It takes no root: the
 * network belongs to a user namespace (user_namespaces(7)), and ends with the last process in it.
 */
public final class PrivateNetwork {

    /** In QEMU's user networking nobody's: the host has 2, the name server 3, and guests are given 15 and on. */
    static final String ADDRESS = "10.0.2.100";

    /** The port that iSCSI has by itself (RFC 7143); in a network of its own nobody has taken it. */
    static final int PORT = 3260;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** The programs of the system are not on everybody's path. */
    private static final String PATHS = "PATH=$PATH:/usr/sbin:/sbin; export PATH; ";

    private static final String LOOPBACK = PATHS + "ip link set lo up";

    private PrivateNetwork() {}

    /** Return why this host gives nobody a network of his own; empty if it does. */
    public static Optional<String> obstacle(Processes processes) {
        try {
            Completed tried = processes.run(inside(LOOPBACK), TIMEOUT);
            return tried.succeeded()
                    ? Optional.empty()
                    : Optional.of(tried.stderr()
                            .lines()
                            .findFirst()
                            .orElse("'unshare --user --net' ends with status " + tried.exitStatus()));
        } catch (ProcessException missing) {
            return Optional.of(String.valueOf(missing.getMessage()));
        }
    }

    /** Return a command that runs another in such a network, as the same process. */
    static Command command(Command server) {
        return inside(LOOPBACK + " && ip address add \"$0\"/32 dev lo && exec \"$@\"")
                .with(ADDRESS)
                .with(server.arguments().toArray(String[]::new))
                .withEnvironment(server.environment());
    }

    private static Command inside(String script) {
        return Command.of("unshare", "--user", "--map-root-user", "--net", "sh", "-c", script);
    }

    /**
     * Return a script for bash that carries one connection from outside.
     *
     * @param pid of a process in the network
     */
    static String door(long pid) {
        return """
                # Carries a guest's connection to the iSCSI server of a run, which is in a network of its own. Whoever
                # hangs up first ends it.
                exec nsenter --target %d --user --net --preserve-credentials bash -c '
                    exec 3<>/dev/tcp/%s/%d 4<&0 || exit 1
                    cat <&3 & out=$!
                    cat <&4 >&3 & in=$!
                    wait -n
                    kill "$out" "$in" 2>/dev/null
                '
                """.formatted(pid, ADDRESS, PORT);
    }

    /** Return the words that start the script. */
    static List<String> door(String script) {
        return List.of("bash", script);
    }
}
