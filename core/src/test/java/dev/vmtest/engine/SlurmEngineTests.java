package dev.vmtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitNeeds;
import dev.vmtest.session.InfrastructureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what is asked of Slurm, and what its answers mean. */
class SlurmEngineTests {

    @TempDir
    private Path topdir;

    private final Answers slurm = new Answers();

    /** Be Slurm's commands. */
    private static final class Answers implements Processes {

        private final List<List<String>> asked = new ArrayList<>();
        private int status;
        private String queue = "";
        private String trouble = "";

        @Override
        public Completed run(Command command, Duration timeout) {
            asked.add(command.arguments());
            String out = command.program().equals("sbatch") ? (40 + asked.size()) + ";cluster\n" : queue;
            return new Completed(command, status, status == 0 ? out : "", trouble, Duration.ZERO);
        }

        @Override
        public Running start(Command command, Path output) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Running startInteractive(Command command) {
            throw new UnsupportedOperationException();
        }
    }

    private static Attempt attempt(Path topdir, String test, int cores) {
        Unit plain = SampleUnits.unit(test);
        Unit unit = new Unit(
                plain.id(),
                plain.test(),
                plain.release(),
                plain.installer(),
                plain.word(),
                new UnitNeeds(cores, 3000, 10, 3661, 5),
                plain.inputs());
        return new Attempt(unit, 1, new EngineFiles(topdir).attempt(unit, 1));
    }

    @Test
    void unitsOfOneSizeAreOneArray() throws IOException {
        try (SlurmEngine engine = new SlurmEngine(topdir, 8, slurm)) {
            engine.submit(List.of(attempt(topdir, "A", 1), attempt(topdir, "B", 2), attempt(topdir, "C", 1)));
        }
        assertThat(slurm.asked)
                .containsExactly(
                        List.of(
                                "sbatch",
                                "--parsable",
                                "--job-name=vmtest",
                                "--array=1-2%8",
                                "--nodes=1",
                                "--ntasks=1",
                                "--cpus-per-task=1",
                                "--mem=3000M",
                                "--time=62",
                                "--no-requeue",
                                "--output=" + topdir + "/engine/array-1/%a.log",
                                topdir + "/engine/array-1/array.sh"),
                        List.of(
                                "sbatch",
                                "--parsable",
                                "--job-name=vmtest",
                                "--array=1-1%8",
                                "--nodes=1",
                                "--ntasks=1",
                                "--cpus-per-task=2",
                                "--mem=3000M",
                                "--time=62",
                                "--no-requeue",
                                "--output=" + topdir + "/engine/array-2/%a.log",
                                topdir + "/engine/array-2/array.sh"));
        assertThat(topdir.resolve("engine/array-1/list"))
                .hasContent(topdir + "/engine/A-bookworm-builtin/1/run.sh\n" + topdir
                        + "/engine/C-bookworm-builtin/1/run.sh");
        assertThat(Files.readString(topdir.resolve("engine/jobs"))).isEqualTo("41\n42\n");
    }

    private List<Ending> endings(String queue) {
        slurm.asked.clear();
        try (SlurmEngine engine = new SlurmEngine(topdir, 0, slurm)) {
            engine.submit(List.of(attempt(topdir, "A", 1), attempt(topdir, "B", 1)));
            slurm.queue = queue;
            return engine.ended();
        }
    }

    @Test
    void statesMeanWhatTheyMean() {
        assertThat(endings("41_1|RUNNING|n1|None\n41_2|PENDING||Priority\n")).isEmpty();
        assertThat(endings("41_1|COMPLETING|n1|None\n41_2|CONFIGURING|n1|None\n"))
                .isEmpty();
        assertThat(endings("41_1|COMPLETED|n1|None\n41_2|FAILED|n2|NonZeroExitCode\n"))
                .extracting(Ending::isWhole)
                .containsExactly(true, true);
        for (String lost : List.of("NODE_FAIL", "TIMEOUT", "CANCELLED", "PREEMPTED", "OUT_OF_MEMORY", "BOOT_FAIL")) {
            assertThat(endings("41_2|" + lost + "|n2|x\n41_1|RUNNING|n1|None\n"))
                    .singleElement()
                    .satisfies(ending -> {
                        assertThat(ending.isWhole()).isFalse();
                        assertThat(ending.attempt().unit().test()).isEqualTo("B");
                        assertThat(ending.how()).isEqualTo("job 41_2 is " + lost + " on node n2");
                    });
        }
        // Another run's jobs, and words that are none.
        assertThat(endings("40_1|FAILED|n1|x\nslurm_load_jobs error\n41_1|SOMETHING_NEW|n1|x\n"))
                .isEmpty();
    }

    @Test
    void whyJobsWaitIsSaidOnce() {
        try (SlurmEngine engine = new SlurmEngine(topdir, 0, slurm)) {
            engine.submit(List.of(attempt(topdir, "A", 1), attempt(topdir, "B", 1)));
            slurm.queue = "41_1|PENDING||PartitionNodeLimit\n41_2|PENDING||Priority\n";
            assertThat(engine.ended()).isEmpty();
            assertThat(engine.news()).containsExactly("slurm: 1 unit waits: PartitionNodeLimit");
            assertThat(engine.news()).isEmpty();
        }
    }

    @Test
    void aSlurmThatTakesNothingEndsTheRun() {
        slurm.status = 1;
        slurm.trouble = "sbatch: error: invalid partition specified: x\n";
        try (SlurmEngine engine = new SlurmEngine(topdir, 0, slurm)) {
            assertThatThrownBy(() -> engine.submit(List.of(attempt(topdir, "A", 1))))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageContaining("sbatch took no job: sbatch: error: invalid partition specified: x");
        }
    }

    @Test
    void aSlurmThatIsAwayForAWhileIsAskedAgain() {
        try (SlurmEngine engine = new SlurmEngine(topdir, 0, slurm)) {
            engine.submit(List.of(attempt(topdir, "A", 1)));
            slurm.status = 1;
            slurm.trouble = "slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n";
            assertThat(engine.ended()).isEmpty();
            assertThat(engine.news())
                    .containsExactly(
                            "slurm: squeue failed, and is asked again: slurm_load_jobs error: Unable to contact"
                                    + " slurm controller (connect failure)");
        }
    }
}
