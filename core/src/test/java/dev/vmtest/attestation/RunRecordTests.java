package dev.vmtest.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunRecordTests {

    private static final String IMAGE = "ab".repeat(32);

    private final Path topdir;
    private final Path file;

    RunRecordTests(@TempDir Path directory) throws IOException {
        this.topdir = Files.createDirectory(directory.resolve("run"));
        this.file = directory.resolve("record.json");
    }

    private void run(Verdict... verdicts) throws IOException {
        List<TestResult> results = new ArrayList<>();
        List<Unit> units = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            String name = "T" + results.size();
            results.add(new TestResult(
                    name, "bookworm", "builtin", verdict, 1, List.of(), List.of(), Evidence.NONE, name, ""));
            units.add(new Unit(
                    name + "/bookworm/builtin",
                    name,
                    "bookworm",
                    "builtin",
                    name,
                    new UnitNeeds(1, 1, 1, 1, 1),
                    new UnitInputs("cd".repeat(32), List.of(new Part("image", IMAGE, "bookworm 20261130")))));
        }
        ResultFiles.write(
                topdir,
                new UnitList(
                        "1.0",
                        new UnitPlace("10.0.2 (Debian)", "qemu64"),
                        units.stream().map(Unit::id).toList(),
                        units));
        RunReport.write(
                topdir,
                new RunResults(
                        "1.0",
                        "2026-11-30T12:00:00Z",
                        1,
                        new RunResults.AcceleratorRecord("tcg", "as an example"),
                        results));
    }

    private JsonNode written() throws IOException {
        RunRecord.write(file, topdir);
        return JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    }

    private void replace(String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void aRecordIsAStatementOfInToto() throws IOException {
        run(Verdict.PASSED, Verdict.FAILED, Verdict.UNCHANGED);
        JsonNode record = written();
        assertThat(record.path("_type").asString()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(record.path("predicateType").asString())
                .isEqualTo("https://in-toto.io/attestation/test-result/v0.1");
        assertThat(record.path("subject")).hasSize(3).allSatisfy(file -> {
            assertThat(file.path("name").asString()).isIn("results.json", "units.json", "junit.xml");
            assertThat(file.path("digest").path("sha256").asString()).hasSize(64);
            assertThat(file.has("uri")).isFalse();
        });
        JsonNode predicate = record.path("predicate");
        assertThat(predicate.path("result").asString()).isEqualTo("FAILED");
        assertThat(predicate.path("passedTests").toString()).isEqualTo("[\"T0/bookworm/builtin\"]");
        assertThat(predicate.path("failedTests").toString()).isEqualTo("[\"T1/bookworm/builtin\"]");
        assertThat(predicate.path("warnedTests").toString()).isEqualTo("[\"T2/bookworm/builtin\"]");
        assertThat(predicate.path("configuration").toString())
                .contains(
                        "pkg:generic/vmtest@1.0",
                        "pkg:generic/qemu@10.0.2%20%28Debian%29",
                        "\"name\":\"T0/bookworm/builtin: image\",\"digest\":{\"vmtest-sha256\":\"" + IMAGE + "\"}",
                        "bookworm 20261130");
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED, PASSED",
        "UNCHANGED, WARNED",
        "SKIPPED, WARNED",
        "EXPECTED_FAILURE, WARNED",
        "INFRASTRUCTURE, FAILED",
        "UNEXPECTED_PASS, FAILED",
        "BOOT_FAILED, FAILED"
    })
    void onlyAPassOfTodayIsOne(Verdict verdict, String result) throws IOException {
        run(Verdict.PASSED, verdict);
        assertThat(written().path("predicate").path("result").asString()).isEqualTo(result);
    }

    @Test
    void whatIsAsItWasHasNoMismatch() throws IOException {
        run(Verdict.PASSED, Verdict.FAILED, Verdict.UNCHANGED);
        RunRecord.write(file, topdir);
        assertThat(RunRecord.mismatches(file, topdir)).isEmpty();
    }

    @Test
    void eachMismatchIsNamed() throws IOException {
        run(Verdict.PASSED, Verdict.PASSED);
        RunRecord.write(file, topdir);
        run(Verdict.PASSED, Verdict.BOOT_FAILED);
        assertThat(RunRecord.mismatches(file, topdir))
                .anySatisfy(line -> assertThat(line).isEqualTo("result: the record says PASSED, it is FAILED"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("T1/bookworm/builtin: the record says passed, it is boot-failed (failed)"))
                .anySatisfy(line -> assertThat(line).startsWith("results.json: the record says sha256 "))
                .noneSatisfy(line -> assertThat(line).contains("T0/"));
    }

    @Test
    void aRecordThatWasMendedIsFound() throws IOException {
        run(Verdict.PASSED, Verdict.FAILED);
        RunRecord.write(file, topdir);
        replace(IMAGE, "ef".repeat(32));
        replace("\"result\" : \"FAILED\"", "\"result\" : \"PASSED\"");
        replace("\"T1/bookworm/builtin\" : \"failed\"", "\"T9/bookworm/builtin\" : \"passed\"");
        assertThat(RunRecord.mismatches(file, topdir))
                .contains("result: the record says PASSED, it is FAILED")
                .anySatisfy(line -> assertThat(line).startsWith("T9/bookworm/builtin: is in the record only"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("input T0/bookworm/builtin: image: the record says vmtest-sha256 efef"));
    }

    @Test
    void anotherKindOfStatementIsNamed() throws IOException {
        run(Verdict.PASSED);
        RunRecord.write(file, topdir);
        replace("test-result/v0.1", "release/v0.1\\u001b[31m");
        assertThat(RunRecord.mismatches(file, topdir))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("predicate type: the record says https://in-toto.io/attestation/release/v0.1")
                        .doesNotContain("\u001b"));
    }

    @ParameterizedTest
    @CsvSource({"''", "null", "[]", "{}", "'{\"_type\": 1}'", "'{\"_type\": \"a\", \"subject\": [null]}'"})
    void whatIsNoRecordIsRefused(String text) throws IOException {
        run(Verdict.PASSED);
        Files.writeString(file, text);
        assertThatThrownBy(() -> RunRecord.mismatches(file, topdir))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("record of a run");
    }

    @Test
    void aDirectoryGetsAFileOfItsOwnForEachRun() throws IOException {
        run(Verdict.PASSED);
        assertThat(RunRecord.file(file, topdir)).isEqualTo(file);
        assertThat(RunRecord.file(topdir, topdir)).isEqualTo(topdir.resolve("vmtest-2026-11-30T12-00-00Z.intoto.json"));
    }
}
