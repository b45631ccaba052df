package dev.vmtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/threat-model.md: each test that it names is one. */
final class ThreatModelTests {

    private static final Path TREE = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`(\\w+Tests)\\.(\\w+)`");
    private static final Pattern ANNOTATION = Pattern.compile("@(Parameterized)?Test\\b");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|(?! ?Who|---| ?Line)[^|]+\\|[^|]+\\|([^|]+)\\|$");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(document());
        int count = 0;
        for (; named.find(); count++) {
            if (!isTest(sources.getOrDefault(named.group(1) + ".java", ""), named.group(2))) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(count).isGreaterThan(30);
    }

    @Test
    void everyLineNamesATest() throws IOException {
        String lines = document().substring(document().indexOf("## The guest"));
        List<String> without = ROW.matcher(lines)
                .results()
                .filter(row -> !NAMED.matcher(row.group(1)).find())
                .map(row -> row.group())
                .toList();
        assertThat(without).isEmpty();
    }

    /** A method's annotations stand between it and the empty line before it. */
    private static boolean isTest(String source, String method) {
        int at = source.indexOf(" void " + method + "(");
        String before = at < 0 ? "" : source.substring(0, at);
        return ANNOTATION
                .matcher(before.substring(before.lastIndexOf("\n\n") + 1))
                .find();
    }

    private static String document() throws IOException {
        return Files.readString(TREE.resolve("docs/threat-model.md"));
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("api", "core", "cli", "junit", "bench")) {
            try (Stream<Path> files = Files.walk(TREE.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Tests.java"))
                        .toList()) {
                    sources.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
