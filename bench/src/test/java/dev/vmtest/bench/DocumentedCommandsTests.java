package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds what the README tells people to type against the Makefile, and the scripts against shellcheck(1). */
class DocumentedCommandsTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** A command of its own line, or one in backquotes. */
    private static final Pattern MAKE = Pattern.compile("(?m)(?:^|`)make ([a-z][a-z0-9-]*)");

    private static final Pattern TARGET = Pattern.compile("(?m)^([a-z][a-z0-9-]*):");

    @Test
    void theReadmeNamesTargetsThatExist() throws IOException {
        Set<String> documented = matches(MAKE, "README.md");

        assertThat(documented).contains("demo", "check");
        assertThat(matches(TARGET, "Makefile")).containsAll(documented);
    }

    @Test
    void theReadmeShowsRealOutput() throws IOException {
        assertThat(Files.readString(SourceTree.resolve("README.md"))).doesNotContainPattern("@[A-Z]+@");
    }

    @Test
    void shellcheckHasNothingToSayAboutTheScripts() throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses();
                Stream<Path> tools = Files.list(SourceTree.resolve("tools"))) {
            String scripts = Stream.concat(
                            tools.filter(Files::isRegularFile),
                            Stream.of(SourceTree.resolve("bin/vmtest"), SourceTree.resolve(".ci/run")))
                    .map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining(" "));
            assertThat(processes
                            .run(
                                    Command.of(
                                            ("shellcheck -x -P " + SourceTree.resolve(".") + " " + scripts).split(" ")),
                                    LONGEST)
                            .stdout())
                    .isEmpty();
        }
    }

    private static Set<String> matches(Pattern pattern, String file) throws IOException {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(Files.readString(SourceTree.resolve(file)));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
