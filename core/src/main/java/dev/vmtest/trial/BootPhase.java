package dev.vmtest.trial;

import dev.vmtest.disk.DiskImages;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.CollectScripts;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Verdict;
import dev.vmtest.seed.CidataDisk;
import dev.vmtest.seed.FirstBootSeed;
import dev.vmtest.seed.NoCloudSeed;
import dev.vmtest.testcase.BootCloudConfig;
import dev.vmtest.testcase.Releases;
import dev.vmtest.testcase.TestCase;
import java.util.HexFormat;
import java.util.List;

/** Boot what was installed, with a seed that collects its facts onto the output disk. */
final class BootPhase {

    /** Sparse: only what a guest writes takes room on the host. */
    static final long OUTPUT_DISK_SIZE = 1L << 30;

    private final RunContext context;
    private final TestCase test;
    private final Workspace workspace;
    private final MachineBoots boots;

    /** The id of the machine to cloud-init, from its first boot on. */
    private final String instance;

    BootPhase(RunContext context, TestCase test, Workspace workspace, MachineBoots boots) {
        this.context = context;
        this.test = test;
        this.workspace = workspace;
        this.boots = boots;
        this.instance = "inst-" + random();
    }

    private String random() {
        byte[] random = new byte[16];
        context.chance().random().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Boot to the power-off and return the nonce that the collected data must carry. */
    String run(InstalledBoot which, Progress.PhaseTime time) throws Exception {
        String nonce = random();
        new CidataDisk(context.host().processes())
                .create(seed(which, nonce), workspace.bootSeedDirectory(which), workspace.bootSeed(which));
        new DiskImages(context.host().processes()).createRaw(workspace.outputDisk(which), OUTPUT_DISK_SIZE);
        Boot boot = new Boot(
                null,
                List.of(
                        new Boot.Drive(
                                workspace.outputDisk(which),
                                FirstBootSeed.OUTPUT_DISK_SERIAL,
                                Boot.Drive.Kind.WRITABLE),
                        new Boot.Drive(workspace.bootSeed(which), "seed", Boot.Drive.Kind.CDROM)),
                test.machine().firmware() == Firmware.UEFI ? workspace.firmwareVariables() : null);
        ConsoleStages stages = ConsoleStages.ofFirstBoot();
        MachineBoots.Ended ended;
        // Its seed and what it collects are disks: nothing of vmtest's own needs its network.
        try (FarEnd farEnd = FarEnd.of(test, workspace, which, context.chance().clock())) {
            ended = boots.run(
                    new BootPlan(
                            which.phase(),
                            boot,
                            ReproduceScript.Served.NOTHING,
                            Limits.firstBoot(test.bootTimeout()),
                            new BootPlan.ConsoleTexts(List.of(), Passphrases.of(test.config())),
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
            throw ended.failure(Verdict.BOOT_FAILED, evidence(which, ended));
        }
        return nonce;
    }

    private NoCloudSeed seed(InstalledBoot which, String nonce) {
        List<CollectScript> scripts =
                CollectScripts.forTarget(Releases.distribution(test), ExtraCollectScripts.of(test));
        FirstBootSeed seed = new FirstBootSeed(
                instance,
                nonce,
                CollectScripts.program(scripts, FirstBootSeed.COLLECT_DIRECTORY),
                BootCloudConfig.of(test),
                context.guests().sshKeys(),
                context.guests().powerAtTheEnd());
        return switch (which) {
            case FIRST -> seed.seed();
            case SECOND -> seed.seedOfALaterBoot();
        };
    }

    private Evidence evidence(InstalledBoot which, MachineBoots.Ended ended) {
        String log = workspace
                .directory()
                .relativize(workspace.console(which.phase()))
                .toString();
        String summary = "the installed system did not finish its " + which.words() + ": "
                + ended.end().summary();
        return ended.firstBad()
                .map(finding -> ConsoleEvidence.of(summary, finding, ended.end(), "", log))
                .orElseGet(() ->
                        new Evidence(summary, lastLines(ended), ended.end().summary(), "", log));
    }

    private static List<String> lastLines(MachineBoots.Ended ended) {
        List<String> lines = ended.machine().console().recentLines().stream()
                .map(line -> line.text())
                .toList();
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }
}
