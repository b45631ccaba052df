package dev.vmtest.engine;

import static org.awaitility.Awaitility.await;

import dev.vmtest.process.Command;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Be a Slurm of two nodes on loopback, with keys, ports and files of its own: munged, slurmctld and two slurmd as
 * ordinary processes of the user that runs this, who must be root.
 */
final class LocalSlurm implements AutoCloseable {

    static final List<String> PROGRAMS =
            List.of("/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/bin/sbatch");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final SupervisedProcesses own = new SupervisedProcesses();
    private final SupervisedProcesses clients;
    private final Running secondNode;

    LocalSlurm(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(directory.resolve("state"));
        Files.write(directory.resolve("munge.key"), random());
        Files.setPosixFilePermissions(directory.resolve("munge.key"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("slurm.conf"), configuration());
        clients = new SupervisedProcesses(environment());
        start(
                "munged",
                "--foreground",
                "--force",
                "--key-file=" + directory.resolve("munge.key"),
                "--socket=" + socket(),
                "--pid-file=" + directory.resolve("munged.pid"),
                "--seed-file=" + directory.resolve("munged.seed"),
                "--log-file=" + directory.resolve("munged.log"));
        await().atMost(PATIENCE).until(() -> Files.exists(socket()));
        start("slurmctld", "-D", "-i", "-f", configurationFile());
        start("slurmd", "-D", "-N", "n1", "-f", configurationFile());
        secondNode = start("slurmd", "-D", "-N", "n2", "-f", configurationFile());
        await().atMost(PATIENCE)
                .until(() -> nodes().lines().filter("idle"::equals).count() == 2);
    }

    private static byte[] random() {
        byte[] key = new byte[1024];
        new Random(17).nextBytes(key);
        return key;
    }

    private Path socket() {
        return directory.resolve("munge.socket");
    }

    private String configurationFile() {
        return directory.resolve("slurm.conf").toString();
    }

    /** Two nodes with two processors each, whatever this host has; a node counts as lost after some seconds. */
    private String configuration() throws IOException {
        return """
                ClusterName=loopback
                SlurmctldHost=localhost
                SlurmctldPort=%d
                SlurmUser=root
                AuthType=auth/munge
                AuthInfo=socket=%s
                CredType=cred/munge
                ProctrackType=proctrack/linuxproc
                TaskPlugin=task/none
                SelectType=select/cons_tres
                SelectTypeParameters=CR_Core_Memory
                SlurmdParameters=config_overrides
                MpiDefault=none
                ReturnToService=2
                SlurmdTimeout=6
                SlurmctldTimeout=10
                KillWait=5
                MinJobAge=300
                SchedulerParameters=sched_interval=2,batch_sched_delay=0
                SwitchType=switch/none
                AccountingStorageType=accounting_storage/none
                JobAcctGatherType=jobacct_gather/none
                StateSaveLocation=%s
                SlurmctldPidFile=%s
                SlurmdPidFile=%s
                SlurmdSpoolDir=%s
                NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=%d CPUs=2 RealMemory=4000 State=UNKNOWN
                NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=%d CPUs=2 RealMemory=4000 State=UNKNOWN
                PartitionName=all Nodes=n[1-2] Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
                """.formatted(
                        LocalSshd.freePort(),
                        socket(),
                        directory.resolve("state"),
                        directory.resolve("slurmctld.pid"),
                        directory.resolve("slurmd-%n.pid"),
                        directory.resolve("spool-%n"),
                        LocalSshd.freePort(),
                        LocalSshd.freePort());
    }

    private Running start(String... words) throws Exception {
        return own.start(
                Command.of(words).withEnvironment(environment()),
                directory.resolve(words[0] + (words[0].equals("slurmd") ? words[3] : "") + ".out"));
    }

    /** Return what tells Slurm's commands which Slurm they are of. */
    Map<String, String> environment() {
        return Map.of("SLURM_CONF", directory.resolve("slurm.conf").toString());
    }

    /** Return what runs Slurm's commands. */
    SupervisedProcesses clients() {
        return clients;
    }

    /** Return the state of each node. */
    String nodes() throws Exception {
        return clients.run(Command.of("sinfo", "--noheader", "--Node", "--format=%T"), PATIENCE)
                .stdout();
    }

    /** Return the jobs that wait or run. */
    String jobs() throws Exception {
        return clients.run(Command.of("squeue", "--noheader", "--array"), PATIENCE)
                .stdout();
    }

    /** Let the second node die with all that runs there. */
    void killSecondNode() throws IOException {
        List<ProcessHandle> there = new ArrayList<>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(process -> isOnSecondNode(process.pid())).forEach(process -> {
                there.add(process);
                // The step that supervises a job is its parent.
                process.parent()
                        .filter(parent -> commandLine(parent.pid()).startsWith("slurmstepd:"))
                        .ifPresent(there::add);
            });
        }
        secondNode.kill();
        there.forEach(ProcessHandle::destroyForcibly);
    }

    /** Only what belongs to this Slurm: another one may run on this host. */
    private boolean isOnSecondNode(long pid) {
        try {
            String environment =
                    Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
            return environment.contains("SLURMD_NODENAME=n2\0") && environment.contains(configurationFile());
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        clients.close();
        own.close();
    }
}
