package dev.vmtest.attestation;

import dev.vmtest.attestation.Statement.Predicate;
import dev.vmtest.attestation.Statement.Resource;
import dev.vmtest.digest.Sha256;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitInputs.Part;
import dev.vmtest.result.UnitList;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Make the statement of a run from what it left in its directory. */
final class RunStatement {

    private static final String SHA256 = "sha256";

    /** Over several texts, each with its length before it, not over the bytes of one file. */
    private static final String SHA256_OF_TEXTS = "vmtest-sha256";

    private static final String PASSED = "PASSED";
    private static final String WARNED = "WARNED";
    private static final String FAILED = "FAILED";

    private RunStatement() {}

    /**
     * Return what there is to be said of a run.
     *
     * @throws IOException if its results or its units cannot be read
     */
    static Statement of(Path topdir) throws IOException {
        RunResults results = ResultFiles.readResults(ReportFiles.results(topdir));
        UnitList units = ResultFiles.readUnits(ReportFiles.units(topdir));
        List<Resource> subject = new ArrayList<>();
        for (Path file : List.of(ReportFiles.results(topdir), ReportFiles.units(topdir), ReportFiles.junit(topdir))) {
            subject.add(
                    new Resource(String.valueOf(file.getFileName()), "", Map.of(SHA256, Sha256.of(file)), Map.of()));
        }
        return new Statement(Statement.TYPE, subject, Statement.PREDICATE_TYPE, predicate(results, units));
    }

    private static Predicate predicate(RunResults results, UnitList units) {
        Map<String, List<String>> tests = new TreeMap<>();
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (TestResult test : results.tests()) {
            String id = Unit.id(test.name(), test.release(), test.installer());
            verdicts.put(id, test.verdict().text());
            tests.computeIfAbsent(word(test), unused -> new ArrayList<>()).add(id);
        }
        String result = tests.containsKey(FAILED)
                ? FAILED
                : tests.containsKey(WARNED) || !tests.containsKey(PASSED) ? WARNED : PASSED;
        return new Predicate(
                result,
                configuration(results, units),
                tests.getOrDefault(PASSED, List.of()),
                tests.getOrDefault(WARNED, List.of()),
                tests.getOrDefault(FAILED, List.of()),
                verdicts);
    }

    /** A host that failed has proved nothing, and in-toto has no word that says no more than that. */
    private static String word(TestResult test) {
        return switch (test.verdict()) {
            case PASSED -> PASSED;
            case SKIPPED, UNCHANGED, EXPECTED_FAILURE -> WARNED;
            case FAILED, INSTALL_FAILED, BOOT_FAILED, INFRASTRUCTURE, UNEXPECTED_PASS -> FAILED;
        };
    }

    private static List<Resource> configuration(RunResults results, UnitList units) {
        List<Resource> all = new ArrayList<>();
        all.add(versioned("vmtest", results.vmtest(), Map.of()));
        if (!units.place().qemu().isEmpty()) {
            all.add(versioned(
                    "qemu",
                    units.place().qemu(),
                    Map.of("processor", units.place().cpu())));
        }
        for (Unit unit : units.units()) {
            all.add(input(unit.id(), unit.inputs().hash(), ""));
            for (Part part : unit.inputs().parts()) {
                all.add(input(unit.id() + ": " + part.name(), part.hash(), part.said()));
            }
        }
        return all;
    }

    private static Resource versioned(String name, String version, Map<String, String> more) {
        Map<String, String> annotations = new TreeMap<>(more);
        annotations.put("version", version);
        String escaped = URLEncoder.encode(version, StandardCharsets.UTF_8).replace("+", "%20");
        return new Resource(name, "pkg:generic/" + name + "@" + escaped, Map.of(), annotations);
    }

    private static Resource input(String name, String hash, String said) {
        return new Resource(name, "", Map.of(SHA256_OF_TEXTS, hash), said.isEmpty() ? Map.of() : Map.of("name", said));
    }
}
