package dev.vmtest.engine;

import static dev.vmtest.engine.SampleUnits.HERE;
import static dev.vmtest.engine.SampleUnits.list;
import static dev.vmtest.engine.SampleUnits.part;
import static dev.vmtest.engine.SampleUnits.result;
import static dev.vmtest.engine.SampleUnits.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTests {

    private static final List<String> WHOLE = List.of("A/bookworm/builtin", "B/bookworm/builtin", "C/bookworm/builtin");

    @TempDir
    private Path directory;

    private Path one() {
        return directory.resolve("one");
    }

    private Path firstPart() throws IOException {
        return part(
                directory.resolve("one"),
                list(HERE, WHOLE, unit("A"), unit("C")),
                result("A", Verdict.PASSED),
                result("C", Verdict.FAILED));
    }

    private Path secondPart(UnitPlace place, String image, String vmtest, Verdict verdict) throws IOException {
        return part(directory.resolve("two"), list(place, WHOLE, unit("B", image, vmtest)), result("B", verdict));
    }

    private static List<String> problems(Path... parts) {
        return Merge.of(List.of(parts), null).problems();
    }

    private static List<Verdict> verdicts(Merged merged) {
        return merged.taken().stream().map(taken -> taken.result().verdict()).toList();
    }

    @Test
    void partsThatAddUpBecomeOneRun() throws IOException {
        Path two = secondPart(HERE, "image-1", "vmtest-1", Verdict.PASSED);
        Path whole = Files.createDirectory(directory.resolve("whole"));

        Merged merged = Merge.of(List.of(firstPart(), two), null);
        RunResults results = merged.write(whole);

        assertThat(merged.problems()).isEmpty();
        assertThat(results.tests()).extracting(TestResult::name).containsExactly("A", "B", "C");
        assertThat(results.exitStatus()).isEqualTo(1);
        assertThat(results.seconds()).isEqualTo(5);
        assertThat(results.origin().host()).isEqualTo("host of one; host of two");
        assertThat(whole.resolve("index.html")).exists();
        assertThat(whole.resolve("junit.xml")).content().contains("tests=\"3\"");
        assertThat(whole.resolve("B-bookworm/logs/install-serial.log")).hasContent("console of B");
        assertThat(whole.resolve("B-bookworm/disks/disk1.img")).doesNotExist();
        assertThat(RunReport.read(whole).tests()).hasSize(3);
        assertThat(ResultFiles.readUnits(whole.resolve("units.json")).units()).hasSize(3);
        // What was merged is a part again.
        assertThat(problems(whole)).isEmpty();
    }

    @Test
    void whatIsUnchangedInAPartIsSoInTheWhole() throws IOException {
        Path two = secondPart(HERE, "image-1", "vmtest-1", Verdict.UNCHANGED);
        Path whole = Files.createDirectory(directory.resolve("whole"));

        Merged merged = Merge.of(List.of(firstPart(), two), null);

        assertThat(merged.problems()).isEmpty();
        assertThat(merged.write(whole).tests())
                .extracting(TestResult::verdict)
                .containsExactly(Verdict.PASSED, Verdict.UNCHANGED, Verdict.FAILED);
        assertThat(whole.resolve("junit.xml")).content().contains("skipped message=\"unchanged");
    }

    @Test
    void aMissingUnitIsNamed() throws IOException {
        assertThat(problems(firstPart())).containsExactly("B/bookworm/builtin is missing: no part was to run it");

        Path empty = part(directory.resolve("two"), list(HERE, WHOLE, unit("B")));
        Merged merged = Merge.of(List.of(one(), empty), null);
        assertThat(merged.problems())
                .containsExactly("B/bookworm/builtin is missing: " + empty + " was to run it and has no result");
        assertThat(verdicts(merged)).containsExactly(Verdict.PASSED, Verdict.INFRASTRUCTURE, Verdict.FAILED);
        Path whole = Files.createDirectory(directory.resolve("whole"));
        assertThat(merged.write(whole).exitStatus()).isEqualTo(3);
    }

    @Test
    void aDoubledUnitIsNamedWithBothParts() throws IOException {
        Path two = secondPart(HERE, "image-1", "vmtest-1", Verdict.PASSED);
        Path three = part(directory.resolve("three"), list(HERE, WHOLE, unit("B")), result("B", Verdict.FAILED));

        Merged merged = Merge.of(List.of(firstPart(), two, three), null);

        assertThat(merged.problems())
                .containsExactly("B/bookworm/builtin is doubled: " + two + " (passed) and " + three
                        + " (failed) have a verdict of it; it must run once");
        assertThat(verdicts(merged)).contains(Verdict.INFRASTRUCTURE);
        // The same directory named twice is one part.
        assertThat(problems(one(), two, two)).isEmpty();
    }

    @Test
    void aUnitMayRunAgainWhereItsHostFailed() throws IOException {
        Path two = secondPart(HERE, "image-1", "vmtest-1", Verdict.INFRASTRUCTURE);
        Path three = part(directory.resolve("three"), list(HERE, WHOLE, unit("B")), result("B", Verdict.PASSED));

        Merged merged = Merge.of(List.of(firstPart(), two, three), null);

        assertThat(merged.problems()).isEmpty();
        assertThat(verdicts(merged)).containsExactly(Verdict.PASSED, Verdict.PASSED, Verdict.FAILED);
        assertThat(merged.notes())
                .containsExactly("B/bookworm/builtin: the host failed in " + two + ", and " + three + " ran it again");
        // Without the other part it stays trouble of the host, and is not missing.
        assertThat(problems(one(), two)).isEmpty();
    }

    @Test
    void aForeignUnitIsNamedWithWhatIsOther() throws IOException {
        String begin = "B/bookworm/builtin is foreign: in " + directory.resolve("two") + " it had ";
        assertThat(problems(firstPart(), secondPart(HERE, "image-2", "vmtest-1", Verdict.PASSED)))
                .containsExactly(
                        begin + "another image: bookworm amd64/generic 1 (image-2), not bookworm amd64/generic 1"
                                + " (image-1)");
        assertThat(problems(one(), secondPart(HERE, "image-1", "vmtest-2", Verdict.PASSED)))
                .containsExactly(begin + "another vmtest: 1.0 (vmtest-2), not 1.0 (vmtest-1)");
        assertThat(problems(
                        one(), secondPart(new UnitPlace("10.0.2", HERE.cpu()), "image-1", "vmtest-1", Verdict.PASSED)))
                .containsExactly(begin + "another QEMU: 10.0.2, not 7.2.22");
        Path other = secondPart(new UnitPlace(HERE.qemu(), "host: EPYC"), "image-1", "vmtest-1", Verdict.PASSED);
        assertThat(problems(one(), other))
                .containsExactly(begin + "another CPU model: host: EPYC, not emulated qemu64");
        assertThat(verdicts(Merge.of(List.of(one(), other), null))).contains(Verdict.INFRASTRUCTURE);
    }

    @Test
    void aPlanSaysWhatThereMustBe() throws IOException {
        Path two = secondPart(HERE, "image-1", "vmtest-1", Verdict.PASSED);
        assertThat(Merge.of(
                                List.of(firstPart(), two),
                                list(UnitPlace.UNKNOWN, List.of(), unit("A"), unit("B"), unit("D")))
                        .problems())
                .containsExactly(
                        "D/bookworm/builtin is missing: no part was to run it",
                        "C/bookworm/builtin is foreign: " + one() + " ran it, and it is no unit of this run");
        assertThat(Merge.of(
                                List.of(one(), two),
                                list(
                                        UnitPlace.UNKNOWN,
                                        List.of(),
                                        unit("A"),
                                        unit("B", "image-3", "vmtest-1"),
                                        unit("C")))
                        .problems())
                .containsExactly("B/bookworm/builtin is foreign: in " + two
                        + " it had another image: bookworm amd64/generic 1 (image-1), not bookworm amd64/generic 1"
                        + " (image-3)");
    }

    @Test
    void aPartOfAnotherRunIsNamed() throws IOException {
        Path other = part(
                directory.resolve("other"),
                list(HERE, List.of("B/bookworm/builtin", "X/bookworm/builtin"), unit("B")),
                result("B", Verdict.PASSED));
        assertThat(problems(firstPart(), other))
                .containsExactly(other + " is part of another run: it has X/bookworm/builtin beside the units of the"
                        + " others and it lacks A/bookworm/builtin and 1 more");
    }

    @Test
    void whatIsNoPartIsRefusedAtOnce() throws IOException {
        Path nothing = Files.createDirectory(directory.resolve("nothing"));
        Path older = firstPart();
        Files.delete(older.resolve("units.json"));
        assertThatThrownBy(() -> Merge.of(List.of(nothing, older), null))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining("nothing holds no results")
                .hasMessageContaining("units.json");
    }
}
