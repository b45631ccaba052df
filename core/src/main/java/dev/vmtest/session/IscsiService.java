package dev.vmtest.session;

import dev.vmtest.files.NewFile;
import dev.vmtest.files.PlannedChange;
import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.iscsi.TgtServer;
import dev.vmtest.process.ShellWords;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serve iSCSI for the runs of a person, who reads from a file how they reach the server. */
public final class IscsiService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IscsiService.class);

    private final SupervisedProcesses processes;
    private final TgtServer server;
    private final Path info;
    private final Thread shutdown = new Thread(this::removeInfo, "remove-iscsi-info");

    private IscsiService(SupervisedProcesses processes, TgtServer server, Path info) {
        this.processes = processes;
        this.server = server;
        this.info = info;
    }

    /**
     * Start a server, and write {@code info} and {@code tgt.log} into a directory, which is made if it is missing.
     *
     * @param address an IPv4 address of this host
     * @throws InfrastructureException if it can't be started
     */
    public static IscsiService start(Surroundings surroundings, Path directory, String address) {
        SupervisedProcesses processes = new SupervisedProcesses();
        try {
            Files.createDirectories(directory);
            TgtServer server = TgtServer.start(
                    processes,
                    Settings.read(surroundings.environment()).get(SettingsTable.TMPDIR),
                    log(directory),
                    address);
            IscsiService service = new IscsiService(processes, server, info(directory));
            service.writeInfo(directory);
            Runtime.getRuntime().addShutdownHook(service.shutdown);
            return service;
        } catch (IscsiException trouble) {
            processes.close();
            throw new InfrastructureException(String.valueOf(trouble.getMessage()), trouble);
        } catch (IOException trouble) {
            processes.close();
            throw new InfrastructureException(
                    "the server's files cannot be written: " + PlainTrouble.of(trouble), trouble);
        }
    }

    /** Return what {@link #start} would do, without doing it. */
    public static List<PlannedChange> planned(Path directory, String address) {
        List<PlannedChange> changes = new ArrayList<>();
        if (Files.notExists(directory)) {
            changes.add(PlannedChange.writing(directory));
        }
        changes.add(PlannedChange.writing(info(directory)));
        changes.add(PlannedChange.writing(log(directory)));
        changes.add(new PlannedChange(PlannedChange.Kind.START, "tgtd on " + address));
        return changes;
    }

    /** Return where a server of this directory prints. */
    public static Path log(Path directory) {
        return directory.resolve("tgt.log");
    }

    private static Path info(Path directory) {
        return directory.resolve("info");
    }

    /** The names are those of the Python harness's find-tgt and of its caller, to be read into a shell. */
    private void writeInfo(Path directory) throws IOException {
        NewFile.write(
                info,
                String.join(
                        "\n",
                        "export TGT_PID=" + server.pid(),
                        "export TGT_IPC_SOCKET="
                                + ShellWords.quote(server.socket().toString()),
                        "export TGT_PORTAL=" + server.portal(),
                        "export TGT_LOG_D="
                                + ShellWords.quote(
                                        directory.toAbsolutePath().normalize().toString()),
                        "export CURTIN_VMTEST_ISCSI_PORTAL=$TGT_PORTAL",
                        ""));
    }

    /** Return the address and the port on which it listens. */
    public String portal() {
        return server.portal();
    }

    /** Return the file to read into a shell. */
    public Path info() {
        return info;
    }

    /** Wait until the server ends. */
    public void await() throws InterruptedException {
        server.await();
    }

    @Override
    public void close() {
        removeInfo();
        server.close();
        processes.close();
    }

    private void removeInfo() {
        try {
            Files.deleteIfExists(info);
        } catch (IOException left) {
            LOG.warn("{} tells of a server that has ended: {}", info, PlainTrouble.of(left));
        }
    }
}
