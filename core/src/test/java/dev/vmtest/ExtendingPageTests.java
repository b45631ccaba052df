package dev.vmtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/extending.md} against the files that there are. */
class ExtendingPageTests {

    private static final Path ROOT = Path.of("..");
    private static final Path SOURCES = ROOT.resolve("core/src/main/java/dev/vmtest");
    private static final Path SOURCES_OF_API = ROOT.resolve("api/src/main/java/dev/vmtest");
    private static final Pattern NAMED = Pattern.compile("`([a-z]+(?:/[a-z]+)*/[A-Z][A-Za-z0-9]*|[^`\\s]+\\.[a-z]+)`");

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/extending.md"));
    }

    private static String chapter(String title) throws IOException {
        String page = page();
        int start = page.indexOf("\n## " + title + "\n");
        assertThat(start).as(title).isPositive();
        int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end);
    }

    /** Return the names of classes, as {@code storage/Bcache}, and paths in a text. */
    private static Set<String> named(String text) {
        return NAMED.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyChapterIsThereAndEveryFileThatItNames() throws IOException {
        for (String title : new String[] {
            "A storage type", "A network kind", "A check", "A boot", "An installer", "An engine", "A release"
        }) {
            assertThat(named(chapter(title)))
                    .as(title)
                    .hasSizeGreaterThan(3)
                    .allSatisfy(name -> assertThat(place(name)).exists());
        }
    }

    private static Path place(String name) {
        if (name.contains(".")) {
            return ROOT.resolve(name);
        }
        Path ofApi = SOURCES_OF_API.resolve(name + ".java");
        return Files.exists(ofApi) ? ofApi : SOURCES.resolve(name + ".java");
    }

    @Test
    void everyClassThatKnowsAStorageTypeIsNamed() throws IOException {
        assertThat(named(chapter("A storage type"))).containsAll(knowing("Bcache"));
    }

    @Test
    void everyClassThatKnowsANetworkKindIsNamed() throws IOException {
        assertThat(named(chapter("A network kind"))).containsAll(knowing("Vlan"));
    }

    /** Return the classes of core in whose source a class is named. */
    private static Set<String> knowing(String record) throws IOException {
        Pattern word = Pattern.compile("\\b" + record + "\\b");
        Set<String> classes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String code = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\\n]*", "");
                if (word.matcher(code).find()) {
                    classes.add(SOURCES.relativize(file).toString().replace(".java", ""));
                }
            }
        }
        assertThat(classes).isNotEmpty();
        return classes;
    }
}
