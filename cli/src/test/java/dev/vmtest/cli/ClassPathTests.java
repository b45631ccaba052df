package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles a class of somebody else's, with its configuration beside it, and asks for it. */
class ClassPathTests {

    private static final String CLASS = """
            package org.example.inner;

            import dev.vmtest.facts.Facts;
            import dev.vmtest.api.VmTest;
            import org.junit.jupiter.api.Test;

            @VmTest(config = "own.yaml")
            class OwnDiskTest {

                @Test
                void itHasAName(Facts facts) {}
            }
            """;

    @TempDir
    private Path directory;

    private TestHost host;
    private Path classes = Path.of("unset");

    @BeforeEach
    void compileAClass() throws IOException {
        host = new TestHost(directory);
        Path source = host.write("source/org/example/inner/OwnDiskTest.java", CLASS);
        classes = Files.createDirectories(directory.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        Stream.of(VmTest.class, Facts.class, Test.class, ClassPathTests.class)
                                .map(ClassPathTests::origin)
                                .collect(Collectors.joining(":")),
                        source.toString());
        assertThat(status).isZero();
        host.write("classes/org/example/inner/own.yaml", TestHost.CONFIG);
    }

    private static String origin(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    @Test
    void withoutNamesItsClassesAreMeant() {
        TestHost.Result result = host.run("list", "--release", "bookworm", "--class-path", classes.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .singleElement()
                .asString()
                .startsWith("OwnDiskTest ")
                .endsWith("org/example/inner/own.yaml");
    }

    @Test
    void aClassOfAJarIsRunByName() throws IOException {
        Path jar = directory.resolve("own.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : new String[] {"OwnDiskTest.class", "own.yaml"}) {
                out.putNextEntry(new ZipEntry("org/example/inner/" + name));
                out.write(
                        Files.readAllBytes(classes.resolve("org/example/inner").resolve(name)));
            }
        }
        TestHost.Result result = host.run(
                "run",
                "OwnDiskTest",
                "SimpleTest",
                "--release",
                "bookworm",
                "--class-path",
                jar.toString(),
                "--dry-run");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("would run OwnDiskTest [bookworm]", "would run SimpleTest [bookworm]");
    }

    @Test
    void whatIsNotThereIsNamed() {
        TestHost.Result result = host.run("list", "--class-path", classes + ":/nowhere:" + classes + "/a.txt");
        assertThat(result.err())
                .contains("--class-path: /nowhere is no directory and no jar")
                .contains("/a.txt is no directory and no jar");
        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void withoutTheClassPathNobodyKnowsIt() {
        assertThat(host.run("list", "OwnDiskTest").err()).contains("no test class or file is called 'OwnDiskTest'");
    }
}
