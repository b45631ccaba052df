package dev.vmtest.session;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Find the public keys of the user, so that a guest can be entered to look around. */
public final class SshKeys {

    private static final Logger LOG = LoggerFactory.getLogger(SshKeys.class);

    private static final List<String> NAMES = List.of("id_ecdsa.pub", "id_ed25519.pub", "id_rsa.pub");

    /** An agent on another host may be out of reach. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private SshKeys() {}

    /**
     * Return the keys of the ssh agent and of {@code ~/.ssh}, as the Python harness's {@code ssh-keys-list} does, each once; none
     * is no error.
     */
    public static List<String> of(Map<String, String> environment, Processes processes) {
        Set<String> keys = new LinkedHashSet<>();
        String socket = environment.getOrDefault("SSH_AUTH_SOCK", "");
        if (!socket.isEmpty()) {
            agent(socket, processes).forEach(keys::add);
        }
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        NAMES.stream().flatMap(name -> file(home.resolve(".ssh").resolve(name))).forEach(keys::add);
        return List.copyOf(keys);
    }

    private static Stream<String> agent(String socket, Processes processes) {
        try {
            Completed listed =
                    processes.run(Command.of("ssh-add", "-L").withEnvironment("SSH_AUTH_SOCK", socket), PATIENCE);
            // Another status says that the agent has no key or is gone.
            return listed.succeeded() ? keys(listed.stdout()) : Stream.of();
        } catch (ProcessException noAgent) {
            LOG.debug("the ssh agent tells no keys", noAgent);
            return Stream.of();
        }
    }

    /** A key that cannot be read is a key that is not there: guests work without any. */
    private static Stream<String> file(Path file) {
        try {
            return Files.isReadable(file) ? keys(Files.readString(file)) : Stream.of();
        } catch (IOException unreadable) {
            return Stream.of();
        }
    }

    private static Stream<String> keys(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }
}
