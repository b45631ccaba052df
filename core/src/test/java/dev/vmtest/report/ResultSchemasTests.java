package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.config.JsonSchemas;
import dev.vmtest.result.Format;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitInputs;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitNeeds;
import dev.vmtest.result.UnitPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run writes is as its schema says, and of one form. */
class ResultSchemasTests {

    @TempDir
    private Path directory;

    private static Map<?, ?> map(String json) {
        return Json.LINES.readValue(json, Map.class);
    }

    @Test
    void resultsAreAsTheirSchemaSays() throws IOException {
        Path results = ResultFiles.write(directory, SampleRun.all());
        Path result = ResultFiles.write(directory, SampleRun.failed());

        assertThat(JsonSchemas.problems(ResultSchemas.results(), map(Files.readString(results))))
                .isEmpty();
        assertThat(JsonSchemas.problems(ResultSchemas.result(), map(Files.readString(result))))
                .isEmpty();
        assertThat(Files.readString(results)).startsWith("{\n  \"format\" : 1,\n  \"vmtest\" : ");
    }

    @Test
    void unitsAreAsTheirSchemaSays() throws IOException {
        UnitInputs inputs = new UnitInputs("ab", List.of(new UnitInputs.Part("image", "cd", "bookworm")));
        UnitList list = new UnitList(
                "1.0",
                new UnitPlace("10.0.2", "emulated"),
                List.of("A/b/c", "X/b/c"),
                List.of(new Unit("A/b/c", "A", "b", "c", "a.yaml", new UnitNeeds(1, 2, 3, 4, 5.5), inputs)));
        String json = Files.readString(ResultFiles.write(directory, list));

        assertThat(JsonSchemas.problems(ResultSchemas.units(), map(json))).isEmpty();
        assertThat(json).startsWith("{\n  \"format\" : 1,\n");
        assertThat(ResultFiles.readUnits(directory.resolve("units.json"))).isEqualTo(list);
        for (String wrong : List.of(
                json.replace("\"format\" : 1", "\"format\" : 2"),
                json.replace("\"cores\" : 1", "\"cores\" : \"one\""),
                json.replace("\"whole\"", "\"some\""))) {
            assertThat(wrong).isNotEqualTo(json);
            assertThat(JsonSchemas.problems(ResultSchemas.units(), map(wrong))).isNotEmpty();
        }
        Files.writeString(directory.resolve("units.json"), json.replace("\"format\" : 1", "\"format\" : 2"));
        assertThatThrownBy(() -> ResultFiles.readUnits(directory.resolve("units.json")))
                .hasMessageContaining("a newer vmtest wrote this");
    }

    @Test
    void whatIsOtherwiseIsNot() throws IOException {
        String json = Files.readString(ResultFiles.write(directory, SampleRun.failed()));

        for (String wrong : List.of(
                json.replace("\"format\" : 1", "\"format\" : 2"),
                json.replace("\"name\" :", "\"title\" :"),
                json.replace("\"verdict\" : \"failed\"", "\"verdict\" : \"bad\""),
                json.replaceFirst("\"seconds\" : [0-9.]+", "\"seconds\" : \"long\""))) {
            assertThat(wrong).isNotEqualTo(json);
            assertThat(JsonSchemas.problems(ResultSchemas.result(), map(wrong))).isNotEmpty();
        }
    }

    @Test
    void everyEventIsAsItsSchemaSays() throws IOException {
        try (RunEventLog log = RunEventLog.create(directory)) {
            log.happened(new RunEvent.TestStarted(1, "A [b]", "A-b"));
            log.happened(new RunEvent.PhaseStarted(2, "A [b]", Phase.INSTALL));
            log.happened(new RunEvent.ConsoleLine(3, "A [b]", Phase.INSTALL, "login:"));
            log.happened(new RunEvent.Reported(4, "A [b]", "stage", "start", "text", ""));
            log.happened(
                    new RunEvent.PhaseFinished(5, "A [b]", Phase.INSTALL, new PhaseResult("install", 1, 1, List.of())));
            log.happened(new RunEvent.CheckHeld(6, "A [b]", SampleRun.holds("x", "y")));
            log.happened(new RunEvent.Notice(7, "A [b]", "text"));
            log.happened(new RunEvent.TestFinished(8, "A [b]", SampleRun.failed()));
        }
        List<String> lines = Files.readAllLines(ReportFiles.events(directory));

        assertThat(lines)
                .hasSize(RunEvent.class.getPermittedSubclasses().length)
                .allSatisfy(line -> assertThat(JsonSchemas.problems(ResultSchemas.event(), map(line)))
                        .isEmpty());
        assertThat(lines.get(0)).contains("\"format\":" + Format.NUMBER);
        assertThat(JsonSchemas.problems(ResultSchemas.event(), map("{\"event\":\"none\"}")))
                .isNotEmpty();
    }

    @Test
    void aNewerFormIsRefusedAndOneBeforeTheNumberIsRead() throws IOException {
        Path file = ResultFiles.write(directory, SampleRun.all());
        String json = Files.readString(file);

        Files.writeString(file, json.replace("\"format\" : 1", "\"format\" : 2"));
        assertThatThrownBy(() -> ResultFiles.readResults(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file + ": a newer vmtest wrote this (format 2, and this one reads up to 1); read it with that"
                                + " version");

        Files.writeString(file, json.replace("  \"format\" : 1,\n", ""));
        assertThat(ResultFiles.readResults(file)).isEqualTo(SampleRun.all());

        Files.createDirectories(directory.resolve("logs"));
        String begun = "{\"event\":\"test-started\",\"at\":1,\"test\":\"A [b]\",\"directory\":\"d\"%s}\n{}\n";
        Files.writeString(
                ReportFiles.events(directory), begun.formatted(",\"format\":2").replace("{}\n", ""));
        assertThatThrownBy(() -> RunEventLog.read(directory)).hasMessageContaining("a newer vmtest wrote this");
        Files.writeString(ReportFiles.events(directory), begun.formatted("").replace("{}\n", ""));
        assertThat(RunEventLog.read(directory)).containsExactly(new RunEvent.TestStarted(1, "A [b]", "d", 0));
    }
}
