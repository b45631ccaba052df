package dev.vmtest.machine;

import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Start machines with the QEMU of this host.
 *
 * <pre>{@code
 * Machines machines = new QemuMachines(processes, temporaryDirectory, Ticker.SYSTEM);
 * try (Machine machine = machines.start(request)) {
 *     switch (machine.ended().join()) {
 *         case MachineEnd.GuestShutdown good -> …
 *     }
 * }
 * }</pre>
 */
public final class QemuMachines implements Machines {

    /** How long QEMU may take from its start until it answers. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);

    /** The longest path of a unix socket: {@code sun_path} has 108 bytes, one of them the end (unix(7)). */
    private static final int LONGEST_SOCKET_PATH = 107;

    private static final Path SHORT_PARENT = Path.of("/tmp");

    private final Processes processes;
    private final Path temporaryParent;
    private final Ticker ticker;

    /**
     * Make it.
     *
     * @param temporaryParent where directories for sockets are made; when its path is too long for a
     *     socket, {@code /tmp} takes its place
     */
    public QemuMachines(Processes processes, Path temporaryParent, Ticker ticker) {
        this.processes = processes;
        this.temporaryParent = temporaryParent;
        this.ticker = ticker;
    }

    @Override
    public Machine start(MachineRequest request) throws MachineException {
        requireFiles(request);
        TemporaryDirectory sockets = socketDirectory();
        try {
            return start(request, sockets);
        } catch (MachineException | RuntimeException failure) {
            closeQuietly(sockets, failure);
            throw failure;
        }
    }

    private Machine start(MachineRequest request, TemporaryDirectory sockets) throws MachineException {
        Path serialSocket = sockets.path().resolve("serial");
        Path controlSocket = sockets.path().resolve("qmp");
        List<String> commandLine =
                request.commandLine(new Wiring(new Wiring.Serial.Socket(serialSocket), controlSocket));
        long logStart = size(request.qemuLog());
        SerialLine serial = SerialLine.listen(serialSocket, request.serialLog());
        Running qemu = startQemu(commandLine, request.qemuLog(), serial);
        QemuMachine machine = new QemuMachine(
                request, commandLine, qemu, serial, sockets, new OutputTail(request.qemuLog(), logStart), ticker);
        machine.begin(controlSocket, HANDSHAKE);
        return machine;
    }

    private Running startQemu(List<String> commandLine, Path log, SerialLine serial) throws MachineException {
        try {
            return processes.start(Command.of(commandLine), log);
        } catch (ProcessException failure) {
            serial.close();
            throw new MachineException("cannot start the machine", failure);
        }
    }

    private static void requireFiles(MachineRequest request) throws MachineException {
        Boot.DirectKernel kernel = request.boot().kernel();
        if (kernel != null) {
            requireReadable("kernel", kernel.kernel());
            requireReadable("initrd", kernel.initrd());
        }
        for (DiskSpec disk : request.spec().disks()) {
            requireReadable("disk " + disk.name(), request.diskDirectory().resolve(disk.fileName()));
        }
        for (Boot.Drive drive : request.boot().drives()) {
            requireReadable("drive " + drive.serial(), drive.file());
        }
    }

    private static void requireReadable(String what, Path file) throws MachineException {
        if (!Files.isReadable(file)) {
            throw new MachineException("the file of the " + what + " is missing or cannot be read: " + file);
        }
    }

    private TemporaryDirectory socketDirectory() throws MachineException {
        try {
            TemporaryDirectory directory = TemporaryDirectory.create(temporaryParent, "vmtest-");
            if (directory.path().resolve("serial").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                    <= LONGEST_SOCKET_PATH) {
                return directory;
            }
            directory.close();
            return TemporaryDirectory.create(SHORT_PARENT, "vmtest-");
        } catch (IOException failure) {
            throw new MachineException("cannot make a directory for the machine's sockets", failure);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException absent) {
            return 0;
        }
    }

    private static void closeQuietly(TemporaryDirectory directory, Exception cause) {
        try {
            directory.close();
        } catch (IOException failure) {
            cause.addSuppressed(failure);
        }
    }
}
