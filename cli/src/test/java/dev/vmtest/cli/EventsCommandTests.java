package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class EventsCommandTests {

    private static final String EVENTS = """
            [{"name": "cmd-install", "description": "all", "event_type": "start", "timestamp": 100.0, "level": "DEBUG"},
             {"name": "cmd-install/stage-early", "description": "early \\u001b[2J", "event_type": "start",
              "timestamp": 101.5, "level": "INFO", "origin": "curtin"},
             {"name": "cmd-install/stage-early", "description": "early \\u001b[2J", "event_type": "finish",
              "timestamp": 103.0, "level": "INFO", "origin": "curtin", "result": "SUCCESS"},
             {"name": "cmd-install", "description": "all", "event_type": "finish", "timestamp": 110.25,
              "level": "DEBUG", "result": "SUCCESS", "files": [
               {"path": "/tmp/install.log", "content": "bG9n", "encoding": "base64"},
               {"path": "/tmp/..", "content": "x"}]}]
            """;

    @TempDir
    private Path directory;

    private TestHost host;

    @BeforeEach
    void makeHost() throws IOException {
        host = new TestHost(directory);
    }

    private String events(String... more) {
        host.write("Test/logs/events.json", EVENTS);
        String[] words = new String[more.length + 2];
        words[0] = "events";
        words[1] = host.path("Test").toString();
        System.arraycopy(more, 0, words, 2, more.length);
        TestHost.Result result = host.run(words);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        return result.out();
    }

    @Test
    void eachPartThatEndedHasALine() {
        assertThat(events()).isEqualTo("""
                | `->early \uFFFD[2J @03.00000s +01.50000s
                |`->all @10.25000s +10.25000s
                10.25000 seconds total time
                """);
    }

    @Test
    void eventsThatOvertookEachOtherArePutInOrder() {
        host.write("late.json", """
                [{"name": "b", "description": "b", "event_type": "finish", "timestamp": 4},
                 {"name": "a", "description": "a", "event_type": "start", "timestamp": 1},
                 {"name": "b", "description": "b", "event_type": "start", "timestamp": 2},
                 {"name": "a", "description": "a", "event_type": "finish", "timestamp": 3}]
                """);
        assertThat(host.run("events", host.path("late.json").toString(), "--format", "%n %d %E")
                        .out())
                .isEqualTo("a 02.00000 02.00000\nb 02.00000 03.00000\n4.00000 seconds total time\n");
    }

    @Test
    void standardInputIsReadWhereItIsNamed() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(EVENTS.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(host.run("events", "-").out()).contains("10.25000 seconds total time");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void everyKeyIsKnown() {
        assertThat(events("--format", "%e %n %r %l %o %t %d %E %T %x %").lines())
                .startsWith(
                        "start cmd-install  DEBUG  100.000 00.00000 00.00000 00.00000 %x %",
                        "start cmd-install/stage-early  INFO curtin 101.500 00.00000 01.50000 00.00000 %x %",
                        "finish cmd-install/stage-early SUCCESS INFO curtin 103.000 01.50000 03.00000 00.00000 %x %",
                        "finish cmd-install SUCCESS DEBUG  110.250 10.25000 10.25000 10.25000 %x %");
    }

    @Test
    void filesAreWrittenIntoTheDirectoryAndNowhereElse() {
        Path files = directory.resolve("dumped");
        events("--dumpfiles", files.toString());

        assertThat(files.resolve("install.log")).hasContent("log");
        assertThat(files.resolve("file")).hasContent("x");
        assertThat(files).isDirectoryNotContaining(file -> !file.toString().matches(".*/(install\\.log|file)"));
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Path files = Files.createDirectory(directory.resolve("dumped"));
        Files.createSymbolicLink(files.resolve("install.log"), victim);

        host.write("Test/logs/events.json", EVENTS);

        TestHost.Result result = host.run("events", host.path("Test").toString(), "--dumpfiles", files.toString());

        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(result.err()).contains("install.log is there already");
        assertThat(victim).hasContent("precious");
    }

    @Test
    void whatWasCountedIsWrittenIntoTheWorkingDirectory() throws IOException {
        Path timestamps = Path.of("timestamps.json");
        Path records = Path.of("records.json");
        try {
            assertThat(events("--save-processing-data", "--format", "%n")).endsWith("""
                    10.25000 seconds total time
                    written timestamps.json
                    written records.json
                    """);

            JsonNode times = new ObjectMapper().readTree(Files.readString(timestamps));
            assertThat(times.propertyNames()).containsExactly("cmd-install", "cmd-install/stage-early");
            assertThat(times.get("cmd-install/stage-early").toString())
                    .isEqualTo("{\"start\":101.5,\"finish\":103.0,\"delta\":\"01.50000\",\"elapsed\":\"03.00000\"}");
            assertThat(new ObjectMapper().readTree(Files.readString(records)).toString())
                    .isEqualTo("[\"cmd-install/stage-early\",\"cmd-install\",\"10.25000 seconds total time\"]");
        } finally {
            Files.deleteIfExists(timestamps);
            Files.deleteIfExists(records);
        }
    }

    @Test
    void whatIsNoListOfEventsIsNamed() {
        Path file = host.write("bad.json", "[{\"name\": 7}]");
        TestHost.Result bad = host.run("events", file.toString());
        assertThat(bad.status()).isEqualTo(2);
        assertThat(bad.err()).contains(file + ": event 1: the event's name is not a string");

        TestHost.Result missing = host.run("events", directory.resolve("none").toString());
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("there is no file");
    }
}
