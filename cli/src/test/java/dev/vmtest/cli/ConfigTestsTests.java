package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problems;
import dev.vmtest.testcase.TestDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTestsTests {

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();
    private Path plain = Path.of("unset");
    private Path sameName = Path.of("unset");
    private Path forTrixie = Path.of("unset");

    @BeforeEach
    void writeFiles() throws IOException {
        TestHost host = new TestHost(directory);
        plain = host.write("one/my.yaml", "{}\n");
        sameName = host.write("two/my.yaml", "{}\n");
        forTrixie = host.write("trixie.yml", "vmtest: {release: trixie}\n");
    }

    @Test
    void filesWithTheSameNameGetNamesOfTheirOwn() {
        ConfigTests tests = new ConfigTests(List.of(), Set.of(), Map.of(), problems);
        assertThat(tests.of(plain)).map(TestDefinition::name).hasValue("my");
        assertThat(tests.of(sameName)).map(TestDefinition::name).hasValue("two-my");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aFileDoesNotTakeTheNameOfAClass() {
        ConfigTests tests = new ConfigTests(List.of(), Set.of("my", "one-my"), Map.of(), problems);
        assertThat(tests.of(plain)).map(TestDefinition::name).isPresent().get().isNotIn("my", "one-my");
    }

    @Test
    void aFileThatIsGivenTwiceIsOneTest() {
        ConfigTests tests = new ConfigTests(List.of(), Set.of(), Map.of(), problems);
        assertThat(tests.of(plain)).isPresent();
        assertThat(tests.of(directory.resolve("two/../one/my.yaml"))).isEmpty();
    }

    @Test
    void theReleaseIsThatOfTheCommandLineOrOfTheFileOrBookworm() {
        ConfigTests tests = new ConfigTests(List.of(), Set.of(), Map.of(), problems);
        assertThat(tests.of(plain)).map(TestDefinition::releases).hasValue(List.of("bookworm"));
        assertThat(tests.of(forTrixie)).map(TestDefinition::releases).hasValue(List.of("trixie"));
        ConfigTests asked = new ConfigTests(List.of("bookworm"), Set.of(), Map.of(), problems);
        assertThat(asked.of(forTrixie)).map(TestDefinition::releases).hasValue(List.of("bookworm"));
    }
}
