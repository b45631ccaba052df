package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

final class JUnitXmlTests {

    @TempDir
    Path directory;

    @Test
    void theShapeIsTheOneThatBuildServersRead() throws Exception {
        Element root = write(SampleRun.all());

        assertThat(root.getTagName()).isEqualTo("testsuites");
        assertThat(attributes(root)).containsExactlyInAnyOrder("name", "tests", "failures", "errors", "time");
        assertThat(children(root)).hasSize(9).allSatisfy(suite -> {
            assertThat(suite.getTagName()).isEqualTo("testsuite");
            assertThat(attributes(suite))
                    .containsExactlyInAnyOrder("name", "tests", "failures", "errors", "skipped", "time");
            assertThat(children(suite).get(0).getTagName()).isEqualTo("properties");
            List<Element> cases = children(suite, "testcase");
            assertThat(cases).isNotEmpty().hasSize(Integer.parseInt(suite.getAttribute("tests")));
            assertThat(count(cases, "failure")).isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
            assertThat(count(cases, "error")).isEqualTo(Integer.parseInt(suite.getAttribute("errors")));
            assertThat(count(cases, "skipped")).isEqualTo(Integer.parseInt(suite.getAttribute("skipped")));
            assertThat(cases.stream().map(one -> one.getAttribute("name"))).doesNotHaveDuplicates();
            assertThat(cases).allSatisfy(JUnitXmlTests::isCase);
            assertThat(children(suite).stream().map(Element::getTagName))
                    .isSubsetOf("properties", "testcase", "system-out")
                    .doesNotContainSubsequence("system-out", "testcase");
        });
        assertThat(total(root, "tests")).isEqualTo(Integer.parseInt(root.getAttribute("tests")));
        assertThat(total(root, "failures")).isEqualTo(Integer.parseInt(root.getAttribute("failures")));
        assertThat(total(root, "errors")).isEqualTo(Integer.parseInt(root.getAttribute("errors")));
    }

    private static void isCase(Element one) {
        assertThat(attributes(one)).contains("name", "classname", "time");
        assertThat(Set.of("name", "classname", "time", "file")).containsAll(attributes(one));
        assertThat(children(one)).hasSizeLessThanOrEqualTo(1).allSatisfy(outcome -> {
            assertThat(outcome.getTagName()).isIn("failure", "error", "skipped");
            assertThat(outcome.getAttribute("message")).isNotEmpty();
        });
    }

    @Test
    void anInstallThatFailedIsAFailureOfThatPhase() throws Exception {
        assertThat(outcomes(SampleRun.installFailed())).containsExactly("prepare passed", "install failure");
    }

    @Test
    void aBootThatFailedIsAFailureOfThatPhase() throws Exception {
        assertThat(outcomes(SampleRun.bootFailed()))
                .containsExactly("prepare passed", "install passed", "boot failure");
    }

    @Test
    void troubleOfTheHostIsAnError() throws Exception {
        assertThat(outcomes(SampleRun.infrastructure())).containsExactly("prepare error");
    }

    @Test
    void failedChecksCarryTheirPlace() throws Exception {
        Element suite =
                children(write(SampleRun.of(List.of(SampleRun.failed())))).get(0);
        List<Element> failures = children(suite, "testcase").stream()
                .filter(one -> !children(one, "failure").isEmpty())
                .toList();

        assertThat(failures.stream().map(one -> one.getAttribute("name")))
                .containsExactly("root_format: label", "swap_mount: fstab");
        assertThat(failures.get(0).getAttribute("file")).isEqualTo("examples/tests/basic.yaml");
        assertThat(failures.get(0).getTextContent()).contains("examples/tests/basic.yaml:48:7");
    }

    @Test
    void expectedFailuresAndSkipsAreSkippedWithTheirReason() throws Exception {
        assertThat(outcomes(SampleRun.skipped())).containsExactly("verdict skipped");
        assertThat(outcomes(SampleRun.unchanged())).containsExactly("verdict skipped");
        assertThat(outcomes(SampleRun.expectedFailure()))
                .contains("lv_root: size skipped")
                .noneMatch(outcome -> outcome.endsWith("failure"));
    }

    @Test
    void aPassThatNobodyExpectedIsAFailure() throws Exception {
        assertThat(outcomes(SampleRun.unexpectedPass())).contains("verdict failure");
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void noVerdictIsLostEvenWithoutPhasesOrChecks(Verdict verdict) throws Exception {
        TestResult bare =
                new TestResult("T", "r", "", verdict, 0, List.of(), List.of(), Evidence.NONE, "T", "vmtest run T");
        String expected = switch (verdict) {
            case PASSED -> "passed";
            case FAILED, INSTALL_FAILED, BOOT_FAILED, UNEXPECTED_PASS -> "failure";
            case INFRASTRUCTURE -> "error";
            case SKIPPED, UNCHANGED, EXPECTED_FAILURE -> "skipped";
        };

        assertThat(outcomes(bare)).singleElement().asString().endsWith(expected);
    }

    @Test
    void whatXmlDoesNotAllowIsReplaced() throws Exception {
        String hostile = "]]><x a=\"1\">&amp;\u0000\u0001\u001b[31m\ud800\ufffe\uffff\u000b é 😀";
        TestResult result = new TestResult(
                hostile,
                hostile,
                hostile,
                Verdict.FAILED,
                Double.NaN,
                List.of(),
                List.of(new CheckRecord(hostile, hostile, CheckRecord.FAILED, hostile)),
                new Evidence(hostile, List.of(hostile), hostile, hostile, hostile),
                hostile,
                hostile);

        Element suite = children(write(SampleRun.of(List.of(result)))).get(0);

        assertThat(children(suite, "testcase").get(0).getAttribute("name"))
                .isEqualTo("]]><x a=\"1\">&amp;���[31m���� é 😀");
        assertThat(children(suite, "system-out").get(0).getTextContent()).contains("]]><x a=\"1\">");
    }

    @Test
    void propertiesSayHowToRunItAgain() throws Exception {
        Element suite =
                children(write(SampleRun.of(List.of(SampleRun.failed())))).get(0);

        assertThat(children(children(suite).get(0)).stream()
                        .map(property -> property.getAttribute("name") + "=" + property.getAttribute("value")))
                .contains(
                        "release=trixie",
                        "installer=builtin",
                        "accelerator=tcg",
                        "directory=BasicTest-trixie",
                        "reproduce=vmtest run BasicTest --release trixie --installer builtin");
    }

    @Test
    void checksOfOneNameStayApart() throws Exception {
        TestResult twice = new TestResult(
                "T",
                "r",
                "",
                Verdict.PASSED,
                1,
                List.of(),
                List.of(
                        SampleRun.holds("a", "x.yaml:1:1"),
                        SampleRun.holds("a", "x.yaml:2:1"),
                        SampleRun.holds("a", "x.yaml:2:1")),
                Evidence.NONE,
                "T",
                "");

        assertThat(outcomes(twice)).containsExactly("a passed", "a (x.yaml:2:1) passed", "a (x.yaml:2:1 2) passed");
    }

    private List<String> outcomes(TestResult result) throws Exception {
        Element suite = children(write(SampleRun.of(List.of(result)))).get(0);
        List<String> outcomes = new ArrayList<>();
        for (Element one : children(suite, "testcase")) {
            List<Element> children = children(one);
            outcomes.add(one.getAttribute("name") + " "
                    + (children.isEmpty() ? "passed" : children.get(0).getTagName()));
        }
        return outcomes;
    }

    private Element write(RunResults results) throws Exception {
        Path file = JUnitXml.write(directory, results);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    private static int total(Element root, String attribute) {
        return children(root).stream()
                .mapToInt(suite -> Integer.parseInt(suite.getAttribute(attribute)))
                .sum();
    }

    private static int count(List<Element> cases, String tag) {
        return (int) cases.stream().filter(one -> !children(one, tag).isEmpty()).count();
    }

    private static List<String> attributes(Element element) {
        List<String> names = new ArrayList<>();
        for (int index = 0; index < element.getAttributes().getLength(); index++) {
            names.add(element.getAttributes().item(index).getNodeName());
        }
        return names;
    }

    private static List<Element> children(Element parent, String tag) {
        return children(parent).stream()
                .filter(child -> child.getTagName().equals(tag))
                .toList();
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
