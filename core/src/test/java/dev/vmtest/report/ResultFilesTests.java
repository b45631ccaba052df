package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ResultFilesTests {

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        RunResults results = SampleRun.all();

        Path file = ResultFiles.write(directory, results);

        assertThat(file).isEqualTo(directory.resolve("results.json"));
        assertThat(ResultFiles.readResults(file)).usingRecursiveComparison().isEqualTo(results);
    }

    @Test
    void aTestsResultIsReadAgain() throws IOException {
        TestResult result = SampleRun.installFailed();

        assertThat(ResultFiles.readResult(ResultFiles.write(directory, result))).isEqualTo(result);
    }

    @Test
    void whatNobodySeesIsWrittenAsAnEscape() throws IOException {
        TestResult result = SampleRun.saying("a \u001b[31m \u202e \u2028 \u009b \ud800 é");

        Path file = ResultFiles.write(directory, result);

        String written = Files.readString(file);
        assertThat(written).isEqualTo(Printable.text(written)).contains("\\u202e", "\\ud800", "é");
        assertThat(ResultFiles.readResult(file)).isEqualTo(result);
    }

    @Test
    void fieldsHaveTheNamesThatOthersRelyOn() throws IOException {
        JsonNode run = Json.LINES.readTree(ResultFiles.write(directory, SampleRun.of(List.of(SampleRun.failed())))
                .toFile());
        JsonNode test = run.get("tests").get(0);

        assertThat(run.propertyNames())
                .containsExactly("format", "vmtest", "started", "seconds", "accelerator", "tests", "origin");
        assertThat(run.get("accelerator").propertyNames()).containsExactly("name", "reason");
        assertThat(test.propertyNames())
                .containsExactly(
                        "name",
                        "release",
                        "installer",
                        "verdict",
                        "seconds",
                        "phases",
                        "checks",
                        "evidence",
                        "directory",
                        "reproduce",
                        "warnings",
                        "proof");
        assertThat(test.get("verdict").asString()).isEqualTo("failed");
        assertThat(test.get("phases").get(1).propertyNames())
                .containsExactly("name", "seconds", "vmSeconds", "stages", "way");
        assertThat(test.get("checks").get(0).propertyNames()).containsExactly("name", "source", "verdict", "message");
    }

    @Test
    void secondsAreRoundedToMilliseconds() throws IOException {
        RunResults odd = new RunResults("1", "2026-11-22T01:02:03Z", 0.1 + 0.2, SampleRun.TCG, List.of());

        assertThat(ResultFiles.write(directory, odd)).content().contains("\"seconds\" : 0.3,");
    }

    @Test
    void nothingButTheFileIsLeft() throws IOException {
        ResultFiles.write(directory, SampleRun.all());
        ResultFiles.write(directory, SampleRun.all());

        assertThat(directory).isDirectoryContaining(path -> path.endsWith("results.json"));
        assertThat(directory.toFile().list()).containsExactly("results.json");
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldFileAndNoOther() throws IOException {
        Files.createDirectories(directory.resolve("results.json/in-the-way"));

        assertThatThrownBy(() -> ResultFiles.write(directory, SampleRun.all())).isInstanceOf(IOException.class);

        assertThat(directory.toFile().list()).containsExactly("results.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``| results.json: | expected the results of a run",
                "{ | results.json:1: | expected the results of a run",
                "null | null is not | the results of a run",
                "[] | results.json:1: | expected the results of a run",
                "{\"vmtest\":\"1\"} | started | results.json:1:",
                "{\"vmtest\":\"1\",\"started\":null,\"seconds\":1,\"accelerator\":{\"name\":\"a\",\"reason\":\"b\"},"
                        + "\"tests\":[],\"origin\":{\"host\":\"\",\"command\":\"\"}} | started | results.json:1:",
                "{\"vmtest\":\"1\",\"started\":\"x\",\"seconds\":\"long\",\"accelerator\":{\"name\":\"a\","
                        + "\"reason\":\"b\"},\"tests\":[]} | seconds | long",
                "{\"vmtest\":\"1\",\"started\":\"x\",\"seconds\":1,\"accelerator\":{\"name\":\"a\","
                        + "\"reason\":\"b\"},\"tests\":[{\"verdict\":\"fine\"}]} | tests[0].verdict | no verdict is called 'fine'",
                "{\"vmtest\":\"1\",\"started\":\"x\",\"seconds\":1,\"accelerator\":{\"name\":\"a\","
                        + "\"reason\":\"b\"},\"tests\":[]} more | results.json:1: | more",
            })
    void malformedInputIsRefusedWithItsPlace(String json, String one, String other) throws IOException {
        Path file = Files.writeString(directory.resolve("results.json"), json);

        assertThatThrownBy(() -> ResultFiles.readResults(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(one)
                .hasMessageContaining(other);
    }

    @Test
    void unknownFieldsArePassedOver() throws IOException {
        Path file = ResultFiles.write(directory, SampleRun.of(List.of()));
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{ \"fidelity\": \"full\","));

        assertThat(ResultFiles.readResults(file).vmtest()).isEqualTo("0.1.0");
    }

    @Test
    void aMissingFileAndALinkAreNoResults() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("result.json"), Path.of("/etc/passwd"));

        assertThatThrownBy(() -> ResultFiles.readResult(link)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> ResultFiles.readResult(directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no such file");
    }
}
