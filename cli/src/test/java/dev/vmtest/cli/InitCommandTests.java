package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import dev.vmtest.junit.VmTests;
import dev.vmtest.testcase.TestDefinition;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTests {

    @TempDir
    private Path directory;

    private TestHost host;

    @BeforeEach
    void makeHost() throws IOException {
        host = new TestHost(directory);
    }

    @Test
    void whatIsWrittenIsRightAndCanBePlanned() {
        Path place = host.path("new/place");
        TestHost.Result written = host.run("init", place.toString());
        String file = place.resolve("first.yaml").toString();

        assertThat(written.status()).as(written.err()).isZero();
        assertThat(written.out()).contains("written " + file, "vmtest run " + file);
        assertThat(host.run("check", file).out()).isEqualTo(file + ": no problem found\n");
        assertThat(host.run("check", "--installer", "curtin=curtin", file).status())
                .isZero();
        TestHost.Result plan = host.run("plan", file);
        assertThat(plan.status()).isZero();
        assertThat(plan.out()).contains("mkfs.ext4").contains("main");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        host.write("mine/first.yaml", "mine\n");
        Files.createDirectories(host.path("linked"));
        Files.createSymbolicLink(host.path("linked/first.yaml"), host.path("elsewhere"));

        for (String name : new String[] {"mine", "linked"}) {
            TestHost.Result refused = host.run("init", host.path(name).toString());
            assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(refused.err()).contains("is there already and stays as it is");
        }
        assertThat(host.path("mine/first.yaml")).hasContent("mine\n");
        assertThat(host.path("elsewhere")).doesNotExist();
    }

    @Test
    void theTestClassOfAProjectCompilesAndIsATest() throws Exception {
        Path project = host.path("project");
        TestHost.Result written = host.run("init", "--maven", project.toString());
        assertThat(written.status()).as(written.err()).isZero();
        assertThat(written.out()).contains("written " + project.resolve("pom.xml"), "make artifacts", "mvn -o test");
        assertThat(host.run("check", project.resolve("first.yaml").toString()).status())
                .isZero();

        Path classes = Files.createDirectory(host.path("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int compiled = compiler.run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-proc:none",
                "-cp",
                places(VmTest.class, Facts.class, Test.class, Assertions.class),
                project.resolve("src/test/java/org/example/FirstTest.java").toString());
        assertThat(compiled).isZero();
        // The working directory of Maven would be the project; here the class path has the configuration.
        Files.createDirectories(classes.resolve("examples/tests"));
        Files.copy(project.resolve("first.yaml"), classes.resolve("examples/tests/first.yaml"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, VmTest.class.getClassLoader())) {
            TestDefinition found = VmTests.definition(loader.loadClass("org.example.FirstTest"));
            assertThat(found.name()).isEqualTo("FirstTest");
            assertThat(found.releases()).contains("bookworm", "trixie");
        }
    }

    @Test
    void theProjectNamesTheVersionsOfThisOne() throws Exception {
        host.run("init", "--maven", host.path("project").toString());
        String own = Files.readString(Path.of("../pom.xml"));
        String project = Files.readString(host.path("project/pom.xml"));

        for (String property : new String[] {"assertj.version", "logback.version"}) {
            assertThat(value(project, "<" + property + ">")).isEqualTo(value(own, "<" + property + ">"));
        }
        for (String plugin : new String[] {"resources", "compiler", "surefire"}) {
            String name = "<artifactId>maven-" + plugin + "-plugin</artifactId>";
            assertThat(value(project.substring(project.indexOf(name)), "<version>"))
                    .as(plugin)
                    .isEqualTo(value(own.substring(own.indexOf(name)), "<version>"));
        }
        assertThat(value(project, "<vmtest.version>"))
                .isEqualTo(value(own.substring(own.indexOf("<artifactId>vmtest</artifactId>")), "<version>"));
    }

    /** The list of versions has no parent from which it would take them. */
    @Test
    void theListOfVersionsNamesThoseOfThisOne() throws Exception {
        String own = Files.readString(Path.of("../pom.xml"));
        String list = Files.readString(Path.of("../bom/pom.xml"));

        assertThat(value(list.substring(list.indexOf("<artifactId>junit-bom</artifactId>")), "<version>"))
                .isEqualTo(value(own, "<junit.version>"));
        for (String plugin : new String[] {"maven-clean", "maven-install", "spotless-maven"}) {
            String name = "<artifactId>" + plugin + "-plugin</artifactId>";
            assertThat(value(list.substring(list.indexOf(name)), "<version>"))
                    .as(plugin)
                    .isEqualTo(value(own.substring(own.indexOf(name)), "<version>"));
        }
        assertThat(value(list.substring(list.indexOf("<artifactId>vmtest-bom</artifactId>")), "<version>"))
                .isEqualTo(value(own.substring(own.indexOf("<artifactId>vmtest</artifactId>")), "<version>"));
    }

    private static String places(Class<?>... types) {
        return Stream.of(types)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String value(String pom, String element) {
        int begin = pom.indexOf(element) + element.length();
        assertThat(begin).as(element).isGreaterThanOrEqualTo(element.length());
        return pom.substring(begin, pom.indexOf('<', begin));
    }

    @Test
    void aProjectIsWrittenWholeOrNotAtAll() throws IOException {
        host.write("mine/first.yaml", "mine\n");
        host.write("file/src", "no directory\n");
        List<String> before = host.files();

        TestHost.Result taken = host.run("init", "--maven", host.path("mine").toString());
        assertThat(taken.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(taken.err()).contains("mine/first.yaml is there already and stays as it is");
        TestHost.Result refused = host.run("init", "--maven", host.path("file").toString());
        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.err()).contains("FirstTest.java cannot be written: ").doesNotContain("Exception");
        TestHost.Result both = host.run("init", "--maven", "--yaml", "x");
        assertThat(both.err()).contains("--yaml and --maven exclude each other; leave out one");
        assertThat(host.files()).isEqualTo(before);

        assertThat(host.run("init", "--yaml", host.path("new").toString()).status())
                .isZero();
        assertThat(host.files()).containsAll(before).hasSize(before.size() + 2);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        TestHost.Result refused = host.run("init", "/proc/vmtest");

        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.err())
                .contains("/proc/vmtest/first.yaml cannot be written")
                .doesNotContain("Exception");
    }
}
