package dev.vmtest.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a session as Maven or an IDE does, with no machine: only the checks of kept data. */
class KeptDataSessionTests {

    private static final String RESULT = """
            {"name": "Kept", "release": "bookworm", "installer": "builtin", "verdict": "passed", "seconds": 90,
             "phases": [{"name": "install", "seconds": 60, "vmSeconds": 59, "stages": [], "way": "full"},
                        {"name": "check", "seconds": 1, "vmSeconds": 0, "stages": [], "way": ""}],
             "checks": [],
             "evidence": {"summary": "", "context": [], "machineEnd": "", "lastEvent": "", "log": "", "badLine": -1},
             "directory": "Kept-bookworm", "reproduce": "vmtest run Kept"}
            """;

    @TempDir
    private Path directory;

    private void keep(String name, String text) throws IOException {
        Path file = directory.resolve("run/Kept-bookworm").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theVariablesDecideAndTheLogIsWritten() throws Exception {
        keep("result.json", RESULT);
        keep("collect/facts/uname", "Linux");
        keep("disks/disk.img", "disk");
        keep("logs/events.json", "[]");
        keep("logs/installer-version", "vmtest 1");
        Path log = directory.resolve("own.log");
        Map<String, String> environment = Map.of(
                "PATH",
                System.getenv("PATH"),
                "HOME",
                directory.toString(),
                "CURTIN_VMTEST_REUSE_TOPDIR",
                "1",
                "CURTIN_VMTEST_KEEP_DATA_FAIL",
                "none",
                "CURTIN_VMTEST_TOPDIR",
                directory.resolve("run").toString(),
                "CURTIN_VMTEST_LOG",
                log.toString());
        PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        try (OwnSession own = OwnSession.open(List.of("bookworm"), environment, err)) {
            TestDefinition definition =
                    TestDefinition.ofConfig("Kept", new ConfigSource("kept.yaml", "{}"), List.of("bookworm"));
            TestCase test = own.session().announce(List.of(definition)).get(0);
            TestResult result =
                    own.session().schedule().finish(own.session().schedule().await(test), List.of());

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        }
        assertThat(log).content().contains("only the checks are run, on kept data");
        assertThat(directory.resolve("run/Kept-bookworm/disks/disk.img")).hasContent("disk");
        assertThat(directory.resolve("run/junit.xml")).exists();
    }
}
