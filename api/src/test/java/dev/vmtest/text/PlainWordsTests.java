package dev.vmtest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources: what the Java library says of a file is nowhere passed on as it is. */
final class PlainWordsTests {

    /** It prints what we say ourselves of a kept run, line by line. */
    private static final String OUR_OWN_WORDS = "ReportCommand.java";

    private static final Pattern CAUGHT = Pattern.compile(
            "(?m)^( *)} catch \\((?:java\\.\\w+\\.)*(?:IOException|UncheckedIOException) (\\w+)\\) \\{\\n((?s:.*?))^\\1}");

    @Test
    void noMessageOfAnIoExceptionIsPassedOn() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : List.of("api", "core", "junit", "cli")) {
            Path sources = Path.of("..", module, "src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(
                                each -> each.toString().endsWith(".java") && !each.endsWith(OUR_OWN_WORDS))
                        .toList()) {
                    found.addAll(passedOn(Files.readString(file)).stream()
                            .map(line -> file.getFileName() + ": " + line)
                            .toList());
                }
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void findsOne() {
        assertThat(passedOn("    } catch (IOException bad) {\n        say(\"no: \" + bad.getMessage());\n    }\n"))
                .containsExactly("say(\"no: \" + bad.getMessage());");
        assertThat(passedOn("    } catch (IOException bad) {\n        LOG.warn(\"no\", bad);\n    }\n"))
                .isEmpty();
    }

    private static List<String> passedOn(String source) {
        List<String> found = new ArrayList<>();
        Matcher caught = CAUGHT.matcher(source);
        while (caught.find()) {
            String name = caught.group(2);
            Pattern raw =
                    Pattern.compile("\\b" + name + "\\.(getMessage|toString)\\(\\)|\" \\+ " + name + "\\b(?!\\.)");
            caught.group(3)
                    .lines()
                    .map(String::strip)
                    .filter(line -> raw.matcher(line).find())
                    .forEach(found::add);
        }
        return found;
    }
}
