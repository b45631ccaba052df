package dev.vmtest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.facts.CollectScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests for {@link TextResource}: the one place in which a text that is built in is read. */
class TextResourceTests {

    /** Who reads what may be absent, what is no text, or what belongs to somebody else's class. */
    private static final Set<String> OTHERS =
            Set.of("BuildVersion.java", "NewFiles.java", "TestDefaults.java", "TextResource.java", "VmTests.java");

    @Test
    void readsWhatLiesBesideAClass() {
        assertThat(TextResource.beside(CollectScripts.class, "common.sh")).startsWith("#");
    }

    @Test
    void whatIsMissingIsADefectOfTheBuild() {
        assertThatThrownBy(() -> TextResource.beside(CollectScripts.class, "none.sh"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the resource none.sh beside dev.vmtest.facts.CollectScripts is missing from this build");
    }

    @Test
    void nobodyElseReadsSuchTexts() throws IOException {
        Set<String> readers = new TreeSet<>();
        for (String module : new String[] {"api", "core", "cli", "junit", "suite", "bench"}) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    if (Files.readString(file).contains("getResourceAsStream(")) {
                        readers.add(file.getFileName().toString());
                    }
                }
            }
        }
        assertThat(readers).containsExactlyInAnyOrderElementsOf(OTHERS);
    }
}
