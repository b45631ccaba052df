package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problems;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hold whole scripts against what they were when they last installed a machine.
 *
 * <p>After a change that is meant, run with {@code VMTEST_WRITE_GOLDEN=1} and read the difference.
 */
class ScriptCorpusTests {

    private static final Path SOURCES = Path.of("src/test/resources/dev/vmtest/installer/builtin/corpus");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    static List<Path> corpus() {
        return Corpus.files("corpus");
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void writesTheSameStepsAsBefore(Path file) throws Exception {
        Problems problems = new Problems();
        String script = Corpus.plan(file, problems).script("1.2.3");
        String steps = script.substring(script.indexOf("in_stage_early() {"), script.indexOf("# Runs the stages."));
        String name = file.getFileName().toString().replace(".yaml", ".steps");
        if (System.getenv("VMTEST_WRITE_GOLDEN") != null) {
            Files.writeString(SOURCES.resolve(name), steps);
        }

        assertThat(problems.all()).isEmpty();
        assertThat(steps).isEqualTo(Files.readString(SOURCES.resolve(name)));
    }

    @Test
    void passesShellcheckAndDash(@TempDir Path directory) throws Exception {
        assertThat(corpus()).hasSizeGreaterThanOrEqualTo(6);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            for (Path file : corpus()) {
                Path script = directory.resolve(file.getFileName() + ".sh");
                Files.writeString(script, Corpus.plan(file, new Problems()).script("1.2.3"));
                Completed parsed = processes.run(Command.of("dash", "-n", script.toString()), LIMIT);
                assertThat(parsed.stderr()).as("dash on %s", file).isEmpty();
                Completed checked = processes.run(Command.of("shellcheck", "--shell=sh", script.toString()), LIMIT);
                assertThat(checked.stdout()).as("shellcheck on %s", file).isEmpty();
            }
        }
    }

    @Test
    void isTheSameTextForTheSameConfiguration() {
        for (Path file : corpus()) {
            assertThat(Corpus.plan(file, new Problems()).script("1"))
                    .isEqualTo(Corpus.plan(file, new Problems()).script("1"));
        }
    }
}
