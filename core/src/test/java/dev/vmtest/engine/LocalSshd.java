package dev.vmtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vmtest.process.Command;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** Be an sshd on loopback with keys and configuration of its own, for the user that runs this. */
final class LocalSshd implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    /** The directory that sshd of root wants empty for its unprivileged part; Debian's package makes it at boot. */
    private static final Path SEPARATION = Path.of("/run/sshd");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private final Running process;

    LocalSshd(Path directory, SupervisedProcesses processes) throws Exception {
        this.directory = Files.createDirectories(directory);
        this.port = freePort();
        key(processes, "host");
        key(processes, "user");
        Files.copy(directory.resolve("user.pub"), directory.resolve("authorized"));
        Files.setPosixFilePermissions(directory.resolve("authorized"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                directory.resolve("known"),
                "[127.0.0.1]:" + port + " " + Files.readString(directory.resolve("host.pub")));
        Files.writeString(directory.resolve("config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                UsePAM no
                StrictModes no
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                """.formatted(
                        port, directory.resolve("host"), directory.resolve("authorized")));
        if (ProcessHandle.current().info().user().orElse("").equals("root")) {
            Files.createDirectories(
                    SEPARATION, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        process = processes.start(
                Command.of(
                        PROGRAM.toString(),
                        "-D",
                        "-e",
                        "-f",
                        directory.resolve("config").toString()),
                directory.resolve("log"));
        await().atMost(TIMEOUT)
                .failFast(
                        "sshd has ended",
                        () -> assertThat(process.isAlive()).as(log()).isTrue())
                .until(this::listens);
    }

    private static void key(Path directory, SupervisedProcesses processes, String name) throws Exception {
        var unused = processes
                .run(
                        Command.of(
                                "ssh-keygen",
                                "-q",
                                "-t",
                                "ed25519",
                                "-N",
                                "",
                                "-f",
                                directory.resolve(name).toString()),
                        TIMEOUT)
                .requireSuccess();
    }

    private void key(SupervisedProcesses processes, String name) throws Exception {
        key(directory, processes, name);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    int port() {
        return port;
    }

    /** Return the engine that runs units through this. */
    String engine() {
        return "ssh -F none -p " + port + " -i " + directory.resolve("user")
                + " -o BatchMode=yes -o UserKnownHostsFile=" + directory.resolve("known")
                + " -o ServerAliveInterval=2 127.0.0.1 {command}";
    }

    /** End it with all of its connections, as a host that goes away does. */
    void kill() {
        ProcessHandle.of(process.pid())
                .ifPresent(daemon -> daemon.descendants().forEach(ProcessHandle::destroyForcibly));
        process.kill();
    }

    @Override
    public void close() {
        kill();
        process.close();
    }
}
