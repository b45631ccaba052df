package dev.vmtest.bench.ways;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaysReportTests {

    private static final WaysRun.Outcome EQUAL = new WaysRun.Outcome("SimpleTest", "resume", 40, List.of());
    private static final WaysRun.Outcome FULL =
            new WaysRun.Outcome("BootTest", "full: the test adds kernel arguments: quiet", 0, List.of());
    private static final WaysRun.Outcome DIFFERENT =
            new WaysRun.Outcome("BasicTest", "resume", 40, List.of("fstab: resumed: x"));
    private static final WaysRun.Outcome FELL_BACK = new WaysRun.Outcome(
            "NvmeTest", "full instead of resume: no room", 0, List.of("full instead of resume: no room"));

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void equalFactsAndTestsThatAreNeverResumedAreWell() throws IOException {
        assertThat(report(EQUAL, FULL)).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains(
                        "equal     SimpleTest: 40 files",
                        "full only BootTest: full: the test adds kernel arguments: quiet");
        assertThat(directory.resolve("ways.json")).content().contains("\"test\" : \"SimpleTest\"", "vmtest-nonce: ");
    }

    @Test
    void aDifferenceAndAResumptionThatFailedAreNot() throws IOException {
        assertThat(report(EQUAL, DIFFERENT)).isEqualTo(1);
        assertThat(report(EQUAL, FELL_BACK)).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("DIFFERENT BasicTest\n    fstab: resumed: x");
    }

    @Test
    void nothingComparedIsNothingLearned() throws IOException {
        assertThat(report(FULL)).isEqualTo(3);
        assertThat(report(new WaysRun.Outcome("EmptyTest", "resume", 0, List.of())))
                .isEqualTo(1);
    }

    private int report(WaysRun.Outcome... outcomes) throws IOException {
        return Main.report(
                List.of(outcomes), directory.resolve("ways.json"), new PrintStream(said, true, StandardCharsets.UTF_8));
    }
}
