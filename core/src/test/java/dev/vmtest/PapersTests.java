package dev.vmtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the papers of the project: index, glossary, licence and poms. */
class PapersTests {

    private static final Path ROOT = Path.of("..");

    @Test
    void theIndexListsEveryPageAndLeadsNowhereElse() throws IOException {
        String index = Files.readString(ROOT.resolve("docs/README.md"));
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            List<String> names = pages.map(page -> page.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .toList();
            assertThat(names)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
        }
        assertThat(links(index))
                .allSatisfy(
                        link -> assertThat(ROOT.resolve("docs").resolve(link)).exists());
    }

    @Test
    void everyPaperAtTheTopLeadsSomewhere() throws IOException {
        for (String paper : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
            assertThat(links(Files.readString(ROOT.resolve(paper))))
                    .as(paper)
                    .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
        }
    }

    @Test
    void eachWordOfTheGlossaryHasOneMeaning() throws IOException {
        List<String> words = Files.readString(ROOT.resolve("docs/glossary.md"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Word"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertThat(words)
                .hasSizeGreaterThan(20)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void nobodyCallsTheHarnessBeforeTheSeeds() throws IOException {
        for (String directory :
                List.of("api/src", "core/src", "cli/src", "junit/src", "suite/src", "bench/src", "docs")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*\\.(java|md|sh)"))
                        .filter(file -> !file.endsWith("PapersTests.java"))
                        .toList()) {
                    assertThat(Files.readString(file)).as(file.toString()).doesNotContain("the seeds'", "The seeds'");
                }
            }
        }
    }

    @Test
    void testsThatStartQemuCarryTheTagSoThatTheQuickLoopLeavesThemOut() throws IOException {
        Pattern starts =
                Pattern.compile("TestKernel\\.require|Command\\.of\\(\"qemu-system|new ProcessBuilder\\(vmtest");
        List<Path> starters = new ArrayList<>();
        for (String module : List.of("api", "core", "cli", "junit", "bench")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Tests.java"))
                        .filter(path -> !path.endsWith("PapersTests.java"))
                        .toList()) {
                    if (starts.matcher(Files.readString(file)).find()) {
                        starters.add(file);
                    }
                }
            }
        }
        assertThat(starters)
                .hasSizeGreaterThan(3)
                .allSatisfy(file ->
                        assertThat(Files.readString(file)).as(file.toString()).contains("@Tag(\"vm\")"));
    }

    @Test
    void everyPomHasTheOneVersionAndTheLicenceIsThere() throws IOException {
        String root = Files.readString(ROOT.resolve("pom.xml"));
        String version = first(root, "\n  <version>(.*?)</version>");
        assertThat(root).contains("<name>Apache-2.0</name>");
        assertThat(Files.readString(ROOT.resolve("LICENSE"))).contains("Apache License", "Version 2.0, January 2004");
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path pom : modules.map(module -> module.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList()) {
                // The list of versions has no parent.
                assertThat(first(
                                Files.readString(pom),
                                "(?s)(?:<parent>|<artifactId>vmtest-bom<).*?<version>(.*?)</version>"))
                        .as(pom.toString())
                        .isEqualTo(version);
            }
        }
        assertThat(first(Files.readString(ROOT.resolve("packaging/pom.xml")), "<debian.version>(.*?)</debian.version>"))
                .isEqualTo(version.replace("-SNAPSHOT", "~snapshot"));
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** Return the files that a page links to. */
    private static List<String> links(String page) {
        return Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)")
                .matcher(page)
                .results()
                .map((MatchResult link) -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }
}
