package dev.vmtest.knownissues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownIssuesTests {

    private static List<String> problems(KnownIssues issues) {
        Problems problems = new Problems();
        issues.addProblemsTo(problems);
        return problems.all().stream().map(Problem::toString).toList();
    }

    private static List<String> problems(String text) {
        return problems(KnownIssues.parse("known.yaml", text));
    }

    @Test
    void anEntryIsReadWithItsPlace() {
        KnownIssues issues = KnownIssues.parse("known.yaml", """
                known_issues:
                  - test: LvmTest
                    release: [bookworm, trixie]
                    installer: curtin
                    pattern: 'vgcreate .* failed'
                    reference: https://bugs.example/1
                    expires: 2027-01-31
                """);

        assertThat(problems(issues)).isEmpty();
        KnownIssue issue = issues.all().get(0);
        assertThat(issue.toString()).isEqualTo("known issue https://bugs.example/1 (known.yaml:2:5)");
        assertThat(issue.explains("x vgcreate vg0 failed")).isTrue();
        assertThat(issue.explains("vgcreate")).isFalse();
        assertThat(issue.isExpired(LocalDate.parse("2027-01-31"))).isFalse();
        assertThat(issue.isExpired(LocalDate.parse("2027-02-01"))).isTrue();
        assertThat(issues.concerning("LvmTest", "trixie", "curtin", "ifupdown")).containsExactly(issue);
        assertThat(issues.concerning("LvmTest", "sid", "curtin", "ifupdown")).isEmpty();
        assertThat(issues.concerning("LvmTest", "trixie", "builtin", "ifupdown"))
                .isEmpty();
        assertThat(issues.concerning("Lvm", "trixie", "curtin", "ifupdown")).isEmpty();
    }

    @Test
    void anEntryOfARendererSpeaksOfNoOther() {
        KnownIssues issues = KnownIssues.parse(
                "known.yaml",
                "known_issues: [{test: A, renderer: [networkd, ifupdown], pattern: x, reference: y, expires: 2027-01-31}]");

        assertThat(problems(issues)).isEmpty();
        assertThat(issues.concerning("A", "trixie", "builtin", "networkd")).hasSize(1);
        assertThat(issues.concerning("A", "trixie", "builtin", "network-manager"))
                .isEmpty();
    }

    @Test
    void withoutReleaseAndInstallerItSpeaksOfAll() {
        KnownIssues issues = KnownIssues.parse(
                "known.yaml", "known_issues: [{test: LvmTest, pattern: x, reference: y, expires: 2027-01-31}]");

        assertThat(issues.concerning("LvmTest", "sid", "builtin", "ifupdown")).hasSize(1);
    }

    @Test
    void aBugIsSkippedByItsNumberByItsReferenceOrWithAllOthers() {
        KnownIssues issues = KnownIssues.parse("known.yaml", """
                known_issues:
                  - {test: LvmTest, pattern: x, reference: https://bugs.example/124/12, expires: 2020-01-31}
                  - {test: LvmTest, release: trixie, pattern: x, reference: the notes, expires: 2027-01-31}
                """);
        KnownIssue numbered = issues.all().get(0);
        KnownIssue noted = issues.all().get(1);

        assertThat(issues.skipped("LvmTest", "trixie", "curtin", "ifupdown")).isEmpty();
        assertThat(issues.skipping(List.of("12")).skipped("LvmTest", "trixie", "curtin", "ifupdown"))
                .contains(numbered);
        assertThat(issues.skipping(List.of("7", "https://bugs.example/124/12"))
                        .skipped("LvmTest", "trixie", "curtin", "ifupdown"))
                .contains(numbered);
        assertThat(issues.skipping(List.of("*")).skipped("LvmTest", "bookworm", "curtin", "ifupdown"))
                .contains(numbered);
        assertThat(issues.skipping(List.of("the notes")).skipped("LvmTest", "trixie", "curtin", "ifupdown"))
                .contains(noted);
        assertThat(issues.skipping(List.of("the notes")).skipped("LvmTest", "bookworm", "curtin", "ifupdown"))
                .isEmpty();
        assertThat(issues.skipping(List.of("1", "2", "24", "notes", "("))
                        .skipped("LvmTest", "trixie", "curtin", "ifupdown"))
                .isEmpty();
        assertThat(issues.skipping(List.of("*")).skipped("RaidTest", "trixie", "curtin", "ifupdown"))
                .isEmpty();
        assertThat(issues.skipping(List.of("*", "12", "13")).unknownBugs()).containsExactly("13");
    }

    @Test
    void everythingThatIsWrongIsSaidAtItsPlace() {
        assertThat(problems("""
                        known_issues:
                          - {test: LvmTest, patern: x, reference: y, expires: 2027-01-31}
                          - {test: LvmTest, pattern: '(', reference: y, expires: soon}
                          - {test: '', pattern: '.*', reference: y, expires: 2027-02-30}
                          - just a text
                        known: []
                        """))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem)
                                .startsWith("known.yaml:2:5: ")
                                .contains("'pattern' is missing"),
                        problem -> assertThat(problem)
                                .startsWith("known.yaml:2:21: ")
                                .contains("patern"),
                        problem -> assertThat(problem)
                                .startsWith("known.yaml:3:30: ")
                                .contains("no regular expression"),
                        problem -> assertThat(problem)
                                .startsWith("known.yaml:3:58: ")
                                .contains("'soon' is no date", "2027-01-31"),
                        problem -> assertThat(problem)
                                .startsWith("known.yaml:4:12: ")
                                .contains("'test' is empty"),
                        problem -> assertThat(problem)
                                .startsWith("known.yaml:4:25: ")
                                .contains("matches anything"),
                        problem -> assertThat(problem)
                                .startsWith("known.yaml:4:54: ")
                                .contains("'2027-02-30' is no date"),
                        problem -> assertThat(problem).startsWith("known.yaml:5:5: "),
                        problem -> assertThat(problem)
                                .startsWith("known.yaml:6:1: ")
                                .contains("known_issues"));
    }

    @Test
    void aFileThatIsMissingIsNamed(@TempDir Path directory) {
        assertThat(problems(KnownIssues.load(directory.resolve("none.yaml"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("none.yaml:1:1", "no such file"));
    }

    @Test
    void anEmptyFileKnowsNothing() {
        assertThat(KnownIssues.parse("known.yaml", "known_issues: []\n").all()).isEmpty();
        assertThat(problems("known_issues: []\n")).isEmpty();
    }
}
