package dev.vmtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCodeTests {

    @Retention(RetentionPolicy.RUNTIME)
    private @interface Marked {
        Class<?> by();
    }

    private static final class NamedByAnAnnotation {}

    private static class Base {
        private final OnlyCalled field = new OnlyCalled();
    }

    private static final class OnlyCalled {
        private final long big = 1L << 40;
    }

    @Marked(by = NamedByAnAnnotation.class)
    private static final class Tested extends Base {}

    @Test
    void whatAClassMentionsBelongsToIt() {
        String self = ClassCodeTests.class.getName().replace('.', '/');
        assertThat(new ClassCode().names(Tested.class))
                .contains(
                        self + "$Tested",
                        self + "$Base",
                        self + "$OnlyCalled",
                        self + "$NamedByAnAnnotation",
                        self + "$Marked")
                .noneMatch(name -> name.startsWith("java/") || name.startsWith("org/junit/"));
        assertThat(new ClassCode().names(WorkShareTests.class)).doesNotContain(self);
        assertThat(new OnlyCalled().big).isPositive();
        assertThat(new Base().field).isNotNull();
    }

    @Test
    void whatCollectsFactsAndWhatRunsTestsIsOwnCode() {
        assertThat(OwnCode.places())
                .contains(OwnCode.place(Facts.class), OwnCode.place(TestCase.class), OwnCode.place(InputHash.class));
    }

    @Test
    void twoClassesHaveTwoHashes() {
        assertThat(new ClassCode().hash(Tested.class))
                .isEqualTo(new ClassCode().hash(Tested.class))
                .hasSize(64);
        assertThat(new ClassCode().hash(WorkShareTests.class)).isNotEqualTo(new ClassCode().hash(Tested.class));
    }

    @Test
    void filesBesideTheClassesOfAUserAndOnTheirPathCount(@TempDir Path directory) throws Exception {
        Path own = classes(directory.resolve("own"), WorkShareTests.class);
        Path library = classes(directory.resolve("library"), Tested.class);
        Files.writeString(own.resolve("expected.txt"), "one");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {own.toUri().toURL(), library.toUri().toURL()}, null)) {
            Class<?> type = loader.loadClass(WorkShareTests.class.getName());
            String before = new ClassCode().hash(type);
            assertThat(new ClassCode().hash(type)).isEqualTo(before);
            Files.writeString(own.resolve("expected.txt"), "two");
            String after = new ClassCode().hash(type);
            assertThat(after).isNotEqualTo(before);
            Files.writeString(library.resolve("table.txt"), "three");
            assertThat(new ClassCode().hash(type)).isNotEqualTo(after);
        }
    }

    private static Path classes(Path root, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream stream = type.getClassLoader().getResourceAsStream(name)) {
            Files.write(file, stream == null ? new byte[0] : stream.readAllBytes());
        }
        return root;
    }

    @Test
    void anArchiveAndADirectoryOfTheSameCodeAreTheSame(@TempDir Path directory) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("classes/a"));
        Files.writeString(tree.resolve("A.class"), "code");
        Files.writeString(directory.resolve("classes/version.txt"), "1");
        Path archive = directory.resolve("x.jar");
        try (FileSystem zip =
                FileSystems.newFileSystem(URI.create("jar:" + archive.toUri()), Map.of("create", "true"))) {
            Files.createDirectories(zip.getPath("/a"));
            Files.writeString(zip.getPath("/a/A.class"), "code");
            Files.createDirectories(zip.getPath("/META-INF"));
            Files.writeString(zip.getPath("/META-INF/MANIFEST.MF"), "Built-By: me");
        }
        String hash = OwnCode.hash(archive);
        assertThat(OwnCode.hash(directory.resolve("classes"))).isEqualTo(hash);

        Files.writeString(tree.resolve("A.class"), "other");
        assertThat(OwnCode.hash(directory.resolve("classes"))).isNotEqualTo(hash);
    }
}
