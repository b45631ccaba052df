package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPassesTests {

    private static final String THEN = "2026-11-20T01:02:03Z";

    private final TestResult now = SampleRun.failed();
    private final Path topdir;
    private final Path earlier;

    KeptPassesTests(@TempDir Path directory) throws IOException {
        this.topdir = Files.createDirectory(directory.resolve("now"));
        this.earlier = Files.createDirectory(directory.resolve("then"));
    }

    @Test
    void theReportSaysWhatIsDifferentSinceThePassThatIsRemembered() throws IOException {
        keep(earlier, THEN, passed(now.directory()));

        assertThat(page(place(earlier, THEN)))
                .contains("it passed in the run of 2026-11-20 01:02:03 UTC", "check root_format: label passed then");
        assertThat(RunReport.rebuild(topdir, results -> List.of(place(earlier, THEN)))
                        .tests())
                .containsExactly(now);
        assertThat(page()).contains("check root_format: label passed then");
        RunReport.rebuild(topdir);
        assertThat(page()).doesNotContain("passed then");
    }

    @Test
    void aRunThatPassedLooksForNothing() {
        List<RunResults> asked = new ArrayList<>();
        RememberedPasses remembered = results -> {
            asked.add(results);
            return List.of();
        };

        assertThat(KeptPasses.of(remembered, SampleRun.of(List.of(passed("d"))), topdir))
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsGoneOrOfAnotherRunIsPassedOver() throws IOException {
        assertThat(found(place(earlier.resolve("gone"), THEN))).isEmpty();
        assertThat(found(place(earlier, THEN))).as("an empty directory").isEmpty();

        keep(earlier, "2026-11-21T01:02:03Z", passed(now.directory()));
        assertThat(found(place(earlier, THEN))).as("taken by another run").isEmpty();

        keep(earlier, THEN, now);
        assertThat(found(place(earlier, THEN))).as("the checks were held again").isEmpty();

        keep(earlier, THEN, passed(now.directory()));
        RunReport.begin(
                earlier,
                "0",
                Instant.parse("2026-11-22T00:00:00Z"),
                SampleRun.TCG,
                List.of(),
                SampleRun.all().origin());
        assertThat(found(place(earlier, THEN))).as("another run goes on there").isEmpty();
    }

    @Test
    void theDirectoryOfTheRunItselfHoldsNoEarlierOne() throws IOException {
        keep(topdir, THEN, passed(now.directory()));

        assertThat(found(place(topdir, THEN))).isEmpty();
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws IOException {
        keep(earlier, THEN, passed(now.directory()));
        Files.writeString(ReportFiles.results(earlier), "{\"format\": 1, [");
        assertThat(found(place(earlier, THEN))).isEmpty();

        Files.writeString(ReportFiles.begun(earlier), "no JSON");
        assertThat(found(place(earlier, THEN))).isEmpty();

        Files.delete(ReportFiles.begun(earlier));
        Files.createSymbolicLink(ReportFiles.begun(earlier), Path.of("/dev/zero"));
        assertThat(found(place(earlier, THEN))).isEmpty();
    }

    @Test
    void aResultThatLeadsElsewhereIsPassedOver() throws IOException {
        for (String directory : List.of("/etc", "../now/x", "..", "")) {
            keep(earlier, THEN, passed(directory));
            assertThat(found(place(earlier, THEN))).as(directory).isEmpty();
        }
        Files.createSymbolicLink(earlier.resolve("linked"), Path.of("/etc"));
        keep(earlier, THEN, passed("linked"));
        assertThat(found(place(earlier, THEN))).isEmpty();
    }

    @Test
    void onlySoManyDirectoriesAreRead() throws IOException {
        List<TestResult> failed = new ArrayList<>();
        List<PassPlace> places = new ArrayList<>();
        for (int number = 0; number < 2 * KeptPasses.MOST_RUNS; number++) {
            String name = "Test" + number;
            Path one = Files.createDirectory(earlier.resolve(name));
            keep(one, THEN, named(name, Verdict.PASSED));
            failed.add(named(name, Verdict.FAILED));
            places.add(new PassPlace(name, now.release(), now.installer(), THEN, one));
        }

        assertThat(KeptPasses.of(results -> places, SampleRun.of(failed), topdir))
                .hasSize(KeptPasses.MOST_RUNS);
    }

    private List<ReportedRun> found(PassPlace place) {
        return KeptPasses.of(results -> List.of(place), SampleRun.of(List.of(now)), topdir);
    }

    private String page(PassPlace place) throws IOException {
        RunReport.write(topdir, SampleRun.of(List.of(now)), results -> List.of(place));
        return page();
    }

    private String page() throws IOException {
        return Files.readString(ReportFiles.page(topdir));
    }

    private PassPlace place(Path directory, String run) {
        return new PassPlace(now.name(), now.release(), now.installer(), run, directory);
    }

    private static void keep(Path topdir, String started, TestResult result) throws IOException {
        RunResults run = new RunResults("0.0.9", started, 1, SampleRun.TCG, List.of(result));
        RunReport.begin(topdir, "0.0.9", Instant.parse(started), SampleRun.TCG, List.of(), run.origin());
        RunReport.write(topdir, run);
    }

    private TestResult passed(String directory) {
        return new TestResult(
                now.name(),
                now.release(),
                now.installer(),
                Verdict.PASSED,
                90,
                List.of(),
                List.of(SampleRun.holds("root_format: label", "x")),
                Evidence.NONE,
                directory,
                now.reproduce());
    }

    private TestResult named(String name, Verdict verdict) {
        return new TestResult(
                name,
                now.release(),
                now.installer(),
                verdict,
                90,
                List.of(),
                List.of(),
                Evidence.NONE,
                name,
                now.reproduce());
    }
}
