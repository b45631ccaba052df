package dev.vmtest.session;

import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.iscsi.IscsiServer;
import dev.vmtest.iscsi.IscsiServers;
import dev.vmtest.iscsi.PrivateNetwork;
import dev.vmtest.iscsi.SharedTgt;
import dev.vmtest.iscsi.TgtServer;
import dev.vmtest.process.Processes;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.testcase.TestCase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Give tests the iSCSI server that the environment names, or one of the run's own. */
public final class IscsiOfRun implements IscsiServers {

    /** Where a tgtd listens that was told nothing else (tgtd(8)). */
    private static final Path DEFAULT_TGT_SOCKET = Path.of("/var/run/tgtd/socket");

    private static final String REMEDY =
            "; start a server on another address with 'vmtest iscsi DIRECTORY ADDRESS' and read the file 'info' that"
                    + " it writes into this shell";

    private final Settings settings;
    private final Map<String, String> environment;
    private final Processes processes;

    /** Ask what the settings say; nothing is started yet. */
    public IscsiOfRun(Settings settings, Map<String, String> environment, Processes processes) {
        this.settings = settings;
        this.environment = environment;
        this.processes = processes;
    }

    @Override
    public IscsiServer start(Path log, boolean discovers) throws IscsiException {
        Optional<String> portal = settings.find(SettingsTable.ISCSI_PORTAL);
        if (portal.isPresent()) {
            return new SharedTgt(
                    processes,
                    portal.get(),
                    settings.find(SettingsTable.TGT_IPC_SOCKET).orElse(DEFAULT_TGT_SOCKET));
        }
        Path temporary = settings.get(SettingsTable.TMPDIR);
        return discovers
                ? TgtServer.startPrivate(processes, temporary, log)
                : TgtServer.start(processes, temporary, log);
    }

    /** A server of the run's own listens on the loopback address, which only some guests and installers reach. */
    List<String> obstacles(List<TestCase> tests) {
        List<TestCase> served = tests.stream().filter(TestCase::needsIscsi).toList();
        List<String> problems = new ArrayList<>();
        if (served.isEmpty() || settings.find(SettingsTable.ISCSI_PORTAL).isPresent()) {
            return problems;
        }
        HostTool.missing(HostTool.Purpose.ISCSI, environment)
                .forEach(tool -> problems.add("the program " + tool.program() + " is not installed, which "
                        + served.get(0).name() + " needs for its iSCSI disks; install it with 'apt-get install "
                        + tool.debianPackage() + "'"));
        served.stream()
                .filter(test -> test.installer().discoversTargets())
                .findFirst()
                .ifPresent(test -> PrivateNetwork.obstacle(processes)
                        .ifPresent(why -> problems.add(test.name()
                                + " has iSCSI disks, and " + test.installerName()
                                + " discovers targets: it can't use those of an address that means"
                                + " something else in a guest than on this host, and a server can't be given a network of"
                                + " its own (" + why + ")" + REMEDY)));
        served.stream()
                .filter(test -> !test.machine().nics().get(0).isUser())
                .findFirst()
                .ifPresent(test -> problems.add(test.name()
                        + " has iSCSI disks and a bridge, which does not lead to the loopback address" + REMEDY));
        return problems;
    }

    /**
     * Return why a guest that a person puts together would not reach its iSCSI disks.
     *
     * @param discovers whether it asks the server for its targets, as curtin does
     * @param reachesLoopback whether one of its networks leads to this host's loopback address
     */
    public List<String> obstacles(boolean discovers, boolean reachesLoopback) {
        List<String> problems = new ArrayList<>();
        if (settings.find(SettingsTable.ISCSI_PORTAL).isPresent()) {
            return problems;
        }
        HostTool.missing(HostTool.Purpose.ISCSI, environment)
                .forEach(tool -> problems.add("the program " + tool.program()
                        + " is not installed, which serves iSCSI disks; install it with 'apt-get install "
                        + tool.debianPackage() + "'"));
        if (discovers) {
            problems.add("curtin discovers iSCSI targets: it can't use those of an address that means something else in"
                    + " a guest than on this host" + REMEDY);
        }
        if (!reachesLoopback) {
            problems.add("without user networking the guest does not reach the loopback address" + REMEDY);
        }
        return problems;
    }
}
