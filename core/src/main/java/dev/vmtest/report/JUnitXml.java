package dev.vmtest.report;

import dev.vmtest.report.JUnitCase.Outcome;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Write a run in the JUnit format that Jenkins, GitLab and Surefire's readers take.
 *
 * <p>Each test on each release is a suite; each phase and each check is a case of it. The shape is
 * that of {@code jenkins-junit.xsd} of Jenkins' xUnit plugin. What XML 1.0 does not allow is
 * replaced.
 */
final class JUnitXml {

    private static final int MESSAGE_LENGTH = 1000;

    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Write {@code junit.xml} into the directory of a run.
     *
     * @throws IOException if it could not be written
     */
    static Path write(Path topdir, RunResults results) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, "UTF-8");
            new JUnitXml(xml).run(results);
            xml.close();
        } catch (XMLStreamException problem) {
            throw new IOException("the results cannot be written as XML: " + problem.getMessage(), problem);
        }
        Path file = ReportFiles.junit(topdir);
        AtomicFile.write(file, bytes.toByteArray());
        return file;
    }

    private void run(RunResults results) throws XMLStreamException {
        List<List<JUnitCase>> suites =
                results.tests().stream().map(JUnitCase::of).toList();
        List<JUnitCase> all = suites.stream().flatMap(List::stream).toList();
        xml.writeStartDocument("UTF-8", "1.0");
        line("");
        xml.writeStartElement("testsuites");
        attribute("name", "vmtest");
        attribute("tests", String.valueOf(all.size()));
        attribute("failures", count(all, Outcome.FAILURE));
        attribute("errors", count(all, Outcome.ERROR));
        attribute("time", seconds(results.seconds()));
        for (int index = 0; index < suites.size(); index++) {
            suite(results, results.tests().get(index), suites.get(index));
        }
        line("");
        xml.writeEndElement();
        line("");
        xml.writeEndDocument();
    }

    private void suite(RunResults results, TestResult test, List<JUnitCase> cases) throws XMLStreamException {
        line("  ");
        xml.writeStartElement("testsuite");
        attribute("name", test.title());
        attribute("tests", String.valueOf(cases.size()));
        attribute("failures", count(cases, Outcome.FAILURE));
        attribute("errors", count(cases, Outcome.ERROR));
        attribute("skipped", count(cases, Outcome.SKIPPED));
        attribute("time", seconds(test.seconds()));
        properties(results, test);
        for (JUnitCase one : cases) {
            testCase(test, one);
        }
        String output = evidence(test);
        if (!output.isEmpty()) {
            line("    ");
            xml.writeStartElement("system-out");
            xml.writeCharacters(Printable.text(output));
            xml.writeEndElement();
        }
        line("  ");
        xml.writeEndElement();
    }

    private void properties(RunResults results, TestResult test) throws XMLStreamException {
        line("    ");
        xml.writeStartElement("properties");
        property("verdict", test.verdict().text());
        property("release", test.release());
        property("installer", test.installer());
        property("accelerator", results.accelerator().name());
        property("accelerator.reason", results.accelerator().reason());
        property("directory", test.directory());
        property("reproduce", test.reproduce());
        property("vmtest", results.vmtest());
        property("host", results.origin().host());
        property("command", results.origin().command());
        line("    ");
        xml.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
        line("      ");
        xml.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void testCase(TestResult test, JUnitCase one) throws XMLStreamException {
        line("    ");
        xml.writeStartElement("testcase");
        attribute("name", one.name());
        attribute(
                "classname",
                "vmtest." + test.release().replace('.', '_') + "." + test.name().replace('.', '_'));
        attribute("time", seconds(one.seconds()));
        if (!one.file().isEmpty()) {
            attribute("file", one.file());
        }
        switch (one.outcome()) {
            case PASSED -> {}
            case FAILURE -> problem("failure", one);
            case ERROR -> problem("error", one);
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                attribute("message", Printable.cut(one.message(), MESSAGE_LENGTH));
            }
        }
        xml.writeEndElement();
    }

    private void problem(String element, JUnitCase one) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("message", Printable.cut(one.message(), MESSAGE_LENGTH));
        attribute("type", one.type());
        xml.writeCharacters(Printable.text(one.details()));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Printable.visible(value));
    }

    private void line(String indentation) throws XMLStreamException {
        xml.writeCharacters("\n" + indentation);
    }

    private static String evidence(TestResult test) {
        Evidence evidence = test.evidence();
        List<String> lines = new ArrayList<>();
        add(lines, "", evidence.summary());
        lines.addAll(evidence.context());
        add(lines, "class: ", ResultText.failure(evidence));
        add(lines, "machine: ", ResultText.machineEnd(evidence));
        add(lines, "last event: ", evidence.lastEvent());
        add(lines, "log: ", evidence.log());
        test.warnings().forEach(warning -> add(lines, "warning: ", warning));
        return lines.isEmpty() ? "" : "\n" + String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, String label, String text) {
        if (!text.isBlank()) {
            lines.add(label + text);
        }
    }

    private static String count(List<JUnitCase> cases, Outcome outcome) {
        return String.valueOf(
                cases.stream().filter(one -> one.outcome() == outcome).count());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", Double.isFinite(seconds) ? Math.max(0, seconds) : 0);
    }
}
