package dev.vmtest.engine;

import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitInputs;
import dev.vmtest.result.UnitInputs.Part;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitNeeds;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Make units, and what runs leave of them. */
final class SampleUnits {

    static final UnitPlace HERE = new UnitPlace("7.2.22", "emulated qemu64");

    private SampleUnits() {}

    static Unit unit(String test) {
        return unit(test, "image-1", "vmtest-1");
    }

    static Unit unit(String test, String image, String vmtest) {
        List<Part> parts = List.of(
                new Part("configuration", test.repeat(3), ""),
                new Part("image", image, "bookworm amd64/generic 1"),
                new Part("vmtest", vmtest, "1.0"));
        return new Unit(
                Unit.id(test, "bookworm", "builtin"),
                test,
                "bookworm",
                "builtin",
                test,
                new UnitNeeds(1, 512, 16, 60, 1),
                new UnitInputs(parts.toString(), parts));
    }

    static UnitList list(UnitPlace place, List<String> whole, Unit... units) {
        return new UnitList(
                "1.0",
                place,
                whole.isEmpty() ? Arrays.stream(units).map(Unit::id).toList() : whole,
                List.of(units));
    }

    static TestResult result(String test, Verdict verdict) {
        return new TestResult(
                test,
                "bookworm",
                "builtin",
                verdict,
                2,
                List.of(),
                List.of(),
                verdict == Verdict.PASSED ? Evidence.NONE : Evidence.of("it went wrong"),
                test + "-bookworm",
                "vmtest run " + test);
    }

    /** Write what a run of units leaves: results, the list of its units, and a directory for each test. */
    static Path part(Path topdir, UnitList units, TestResult... results) throws IOException {
        Files.createDirectories(topdir);
        var unusedList = ResultFiles.write(topdir, units);
        var unusedAll = ResultFiles.write(
                topdir,
                new RunResults(
                        "1.0",
                        "2026-01-01T00:00:00Z",
                        5,
                        new AcceleratorRecord("tcg", "there is no /dev/kvm"),
                        List.of(results),
                        new Origin("host of " + topdir.getFileName(), "vmtest run")));
        for (TestResult result : results) {
            Path directory = Files.createDirectories(topdir.resolve(result.directory()));
            Files.createDirectories(directory.resolve("logs"));
            Files.writeString(directory.resolve("logs/install-serial.log"), "console of " + result.name());
            Files.createDirectories(directory.resolve("disks"));
            Files.writeString(directory.resolve("disks/disk1.img"), "large");
            var unusedOne = ResultFiles.write(directory, result);
        }
        return topdir;
    }
}
