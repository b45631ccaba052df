package dev.vmtest.trial;

import dev.vmtest.disk.DiskImages;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.CollectScripts;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Phase;
import dev.vmtest.result.Verdict;
import dev.vmtest.seed.CidataDisk;
import dev.vmtest.seed.FirstBootSeed;
import dev.vmtest.seed.NoCloudSeed;
import dev.vmtest.testcase.BootCloudConfig;
import dev.vmtest.testcase.Releases;
import dev.vmtest.testcase.TestCase;
import java.util.HexFormat;
import java.util.List;

/** Boot what was installed with a seed that collects its facts onto the output disk. */
final class BootPhase {

    /** Sparse: only what a guest writes takes room on the host. */
    static final long OUTPUT_DISK_SIZE = 1L << 30;

    private static final String LOG = "logs/boot-serial.log";

    private final RunContext context;
    private final TestCase test;
    private final Workspace workspace;
    private final MachineBoots boots;

    BootPhase(RunContext context, TestCase test, Workspace workspace, MachineBoots boots) {
        this.context = context;
        this.test = test;
        this.workspace = workspace;
        this.boots = boots;
    }

    /** Boot to the power-off and return the nonce that the collected data must carry. */
    String run(Progress.PhaseTime time) throws Exception {
        byte[] random = new byte[16];
        context.random().nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        new CidataDisk(context.processes()).create(seed(nonce), workspace.bootSeedDirectory(), workspace.bootSeed());
        new DiskImages(context.processes()).createRaw(workspace.outputDisk(), OUTPUT_DISK_SIZE);
        Boot boot = new Boot(
                null,
                List.of(
                        new Boot.Drive(
                                workspace.outputDisk(), FirstBootSeed.OUTPUT_DISK_SERIAL, Boot.Drive.Kind.WRITABLE),
                        new Boot.Drive(workspace.bootSeed(), "seed", Boot.Drive.Kind.CDROM)),
                test.machine().firmware() == Firmware.UEFI ? workspace.firmwareVariables() : null);
        ConsoleStages stages = ConsoleStages.ofFirstBoot();
        MachineBoots.Ended ended;
        // Its seed and what it collects are disks: nothing of vmtest's own needs its network.
        try (FarEnd farEnd = FarEnd.of(test, workspace, context.clock())) {
            ended = boots.run(
                    new BootPlan(
                            Phase.BOOT,
                            boot,
                            ReproduceScript.Served.NOTHING,
                            Limits.firstBoot(test.bootTimeout()),
                            List.of(),
                            Passphrases.of(test.config()),
                            farEnd.segments(),
                            "its data is collected"),
                    time,
                    machine -> {},
                    stages::line);
        }
        stages.end(
                ended.end() instanceof MachineEnd.GuestShutdown ? "power-off" : "to its end",
                ConsoleStages.seconds(ended.end().vmTime()));
        time.stages(stages.stages());
        if (!(ended.end() instanceof MachineEnd.GuestShutdown)) {
            throw ended.failure(Verdict.BOOT_FAILED, evidence(ended));
        }
        return nonce;
    }

    private NoCloudSeed seed(String nonce) {
        List<CollectScript> scripts =
                CollectScripts.forTarget(Releases.distribution(test), ExtraCollectScripts.of(test));
        return new FirstBootSeed(
                        "inst-" + nonce,
                        nonce,
                        CollectScripts.program(scripts, FirstBootSeed.COLLECT_DIRECTORY),
                        BootCloudConfig.of(test),
                        context.sshKeys(),
                        context.powerAtTheEnd())
                .seed();
    }

    private static Evidence evidence(MachineBoots.Ended ended) {
        String summary = "the installed system did not finish its first boot: "
                + ended.end().summary();
        return ended.firstBad()
                .map(finding -> ConsoleEvidence.of(summary, finding, ended.end(), "", LOG))
                .orElseGet(() ->
                        new Evidence(summary, lastLines(ended), ended.end().summary(), "", LOG));
    }

    private static List<String> lastLines(MachineBoots.Ended ended) {
        List<String> lines = ended.machine().console().recentLines().stream()
                .map(line -> line.text())
                .toList();
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }
}
