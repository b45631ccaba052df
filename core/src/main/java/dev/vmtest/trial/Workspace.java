package dev.vmtest.trial;

import dev.vmtest.files.PrivateDirectory;
import dev.vmtest.process.FileTree;
import dev.vmtest.result.Phase;
import dev.vmtest.secret.SecretsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Own the layout of one test's directory; no other class joins a path in it.
 *
 * <p>The names are those of the Python harness: {@code install/}, {@code boot/}, {@code disks/}, {@code
 * logs/}, {@code collect/}.
 *
 * @param directory the test's own directory below the topdir
 */
public record Workspace(Path directory) {

    /** The directories of a workspace, in the order in which a reader meets them. */
    public static final List<String> PARTS = List.of("boot", "collect", "disks", "install", "logs");

    /** The directory, below the test's, to which whoever repeats its boots by hand writes. */
    public static final String REPEAT = "repeat";

    /**
     * Make the directory with its parts. Those that hold the configuration, the disks and what was collected are for
     * their owner only, whatever the mode of the topdir is.
     *
     * @throws IOException if it cannot be made
     */
    public static Workspace create(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String part : PARTS) {
            // The logs hold the page's links; each of them says by its own mode who may read it.
            if (part.equals("logs")) {
                Files.createDirectories(directory.resolve(part));
            } else {
                PrivateDirectory.create(directory.resolve(part));
            }
        }
        return new Workspace(directory);
    }

    /** Return the merged configuration as the installer got it. */
    public Path installConfig() {
        return install().resolve("config.yaml");
    }

    /** Return the drawing of what was to stand on what. */
    public Path layoutDrawing() {
        return logs().resolve("layout.svg");
    }

    /** Return the drawing of the network that was asked for. */
    public Path networkDrawing() {
        return logs().resolve("network.svg");
    }

    /** Return the lines of the files that ask for something, without secrets. */
    public Path askedFiles() {
        return logs().resolve("asked.json");
    }

    /** Return what says of each line of the configuration which checks look at it. */
    public Path coverage() {
        return logs().resolve("coverage.txt");
    }

    /** Return the list of the test's secrets, which reports leave out. */
    public Path secrets() {
        return SecretsFile.in(directory());
    }

    /** Return what the tokens of the configuration stood for in this run. */
    public Path served() {
        return logs().resolve("served.json");
    }

    /** Return one document of the install boot's seed, such as {@code user-data}. */
    public Path installSeed(String document) {
        return install().resolve(document);
    }

    /** Return one configuration layer as the installer gets it. */
    public Path layer(String name) {
        return install().resolve(name);
    }

    /** Return where an installer may keep files that it makes on the host. */
    public Path payloadDirectory() {
        return install();
    }

    /** Return the script that the installer runs in the install environment. */
    public Path installPayload() {
        return install().resolve("payload");
    }

    /** Return where the archive is kept that an installer leaves when it fails. */
    public Path failureDirectory() {
        return install();
    }

    /** Return the directory with the documents of the first boot's seed. */
    public Path bootSeedDirectory() {
        return bootSeedDirectory(InstalledBoot.FIRST);
    }

    Path bootSeedDirectory(InstalledBoot which) {
        return boot().resolve("seed" + which.suffix());
    }

    /** Return the cidata disk of the first boot. */
    public Path bootSeed() {
        return bootSeed(InstalledBoot.FIRST);
    }

    Path bootSeed(InstalledBoot which) {
        return boot().resolve("seed" + which.suffix() + ".img");
    }

    /** Return the disk onto which the installed system writes what it collected. */
    public Path outputDisk() {
        return outputDisk(InstalledBoot.FIRST);
    }

    Path outputDisk(InstalledBoot which) {
        return boot().resolve("output_disk" + which.suffix() + ".img");
    }

    /** Return the disk images. */
    public Path disks() {
        return directory.resolve("disks");
    }

    /** Return the UEFI variable store of the machine. */
    public Path firmwareVariables() {
        return disks().resolve("ovmf_vars.fd");
    }

    /** Return the facts of the installed system. */
    public Path collect() {
        return collect(InstalledBoot.FIRST);
    }

    /** A later boot's facts lie beside the first one's, not in them: what a guest collects may have any name. */
    Path collect(InstalledBoot which) {
        return directory.resolve("collect" + which.suffix());
    }

    /** Return the logs. */
    public Path logs() {
        return directory.resolve("logs");
    }

    /** Return the console of a boot: {@code install-serial.log} or {@code boot-serial.log}. */
    public Path console(Phase phase) {
        return logs().resolve(phase.text() + "-serial.log");
    }

    /** Return what QEMU itself printed during a boot. */
    public Path machineLog(Phase phase) {
        return logs().resolve(phase.text() + "-qemu.log");
    }

    /**
     * Return the frames of a NIC at a boot, where somebody was at the other end.
     *
     * @param nic its number, counted from 0
     */
    Path segmentRecording(InstalledBoot which, int nic) {
        return logs().resolve("segment-" + nic + which.suffix() + ".pcap");
    }

    /** Return what the other end of the network had to say of a boot. */
    Path peerWord(InstalledBoot which) {
        return logs().resolve("peer" + which.suffix() + ".json");
    }

    /** Return the command that repeats a boot by hand. */
    public Path command(Phase phase) {
        return logs().resolve(phase.text() + "-command.sh");
    }

    /** Return what the server of the iSCSI disks printed. */
    public Path iscsiLog() {
        return logs().resolve("iscsi.log");
    }

    /** Return the list of the iSCSI disks and where they were served. */
    public Path iscsiInfo() {
        return logs().resolve("iscsi.txt");
    }

    /** Return the installer's report events. */
    public Path reportEvents() {
        return logs().resolve("events.json");
    }

    /** Return which version the installer under test had on the host, which the install log must name too. */
    public Path installerVersion() {
        return logs().resolve("installer-version");
    }

    /** Return the installer's own log, as its last event carried it. */
    public Path installLog() {
        return logs().resolve("install.log");
    }

    /** Return the events of the run, one JSON document a line. */
    public Path runEvents() {
        return logs().resolve("run.jsonl");
    }

    /** Return the result of the test. */
    public Path result() {
        return directory.resolve("result.json");
    }

    /** Return where the logs of a first attempt are, of which nothing was learned. */
    public Path firstAttempt() {
        return directory.resolve("first-attempt");
    }

    /** Keep the logs of a first attempt and remove the rest of it, before a second one. */
    void setAside() throws IOException {
        FileTree.delete(firstAttempt());
        Files.move(logs(), firstAttempt());
        for (Path part : FileTree.children(directory)) {
            if (!part.equals(firstAttempt())) {
                FileTree.delete(part);
            }
        }
    }

    private Path install() {
        return directory.resolve("install");
    }

    private Path boot() {
        return directory.resolve("boot");
    }
}
