package dev.vmtest.attestation;

import dev.vmtest.attestation.Statement.Predicate;
import dev.vmtest.attestation.Statement.Resource;
import dev.vmtest.report.AtomicFile;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.text.Printable;
import dev.vmtest.text.PrintableJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keep a run's record in a file, and find what is other in it than in the run's directory. */
public final class RunRecord {

    /** Far above any run. */
    private static final int LARGEST = 64 << 20;

    private static final int MOST_MISMATCHES = 1000;
    private static final int LONGEST = 300;

    private static final JsonMapper JSON = PrintableJson.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private RunRecord() {}

    /**
     * Return the file of a run's record.
     *
     * @param named a directory that is there, in which the run's beginning is its name, or a file
     */
    public static Path file(Path named, Path topdir) throws IOException {
        if (!Files.isDirectory(named)) {
            return named;
        }
        String started = ResultFiles.readResults(ReportFiles.results(topdir)).started();
        return named.resolve("vmtest-" + started.replaceAll("[^0-9A-Za-z]", "-") + ".intoto.json");
    }

    /**
     * Write the record of a run whose report is written.
     *
     * @throws IOException if the run cannot be read or the file not be written
     */
    public static void write(Path file, Path topdir) throws IOException {
        AtomicFile.write(file, JSON.writeValueAsBytes(RunStatement.of(topdir)));
    }

    /**
     * Return what a record says otherwise than the files of a run do, a sentence each; nothing if all is as it says.
     *
     * @throws IOException if either cannot be read, or the record is none
     */
    public static List<String> mismatches(Path file, Path topdir) throws IOException {
        Statement said = read(file);
        Statement is = RunStatement.of(topdir);
        List<String> different = new ArrayList<>();
        add(different, "type", said.type(), is.type());
        add(different, "predicate type", said.predicateType(), is.predicateType());
        add(different, "result", said.predicate().result(), is.predicate().result());
        resources(different, "", said.subject(), is.subject());
        tests(different, said.predicate(), is.predicate());
        resources(
                different,
                "input ",
                said.predicate().configuration(),
                is.predicate().configuration());
        List<String> bounded = new ArrayList<>(different.subList(0, Math.min(different.size(), MOST_MISMATCHES)));
        if (different.size() > MOST_MISMATCHES) {
            bounded.add("… and " + (different.size() - MOST_MISMATCHES) + " more");
        }
        return List.copyOf(bounded);
    }

    private static Statement read(Path file) throws IOException {
        byte[] json;
        try (InputStream stream = Files.newInputStream(file)) {
            json = stream.readNBytes(LARGEST + 1);
        }
        if (json.length > LARGEST) {
            throw new IOException(file + ": too large for the record of a run");
        }
        try {
            Statement statement = JSON.readValue(json, Statement.class);
            if (statement == null) {
                throw new IOException(file + ": null is no record of a run");
            }
            return statement;
        } catch (JacksonException foreign) {
            throw new IOException(
                    file + ": no record of a run (an in-toto statement that 'vmtest run --record' has written): "
                            + Printable.cut(Printable.line(foreign.getOriginalMessage()), LONGEST),
                    foreign);
        }
    }

    private static void add(List<String> different, String what, String said, String is) {
        if (!said.equals(is)) {
            different.add(what + ": the record says " + shown(said) + ", it is " + shown(is));
        }
    }

    private static void resources(List<String> different, String what, List<Resource> said, List<Resource> is) {
        Map<String, Resource> there = byName(is);
        Map<String, Resource> recorded = byName(said);
        if (recorded.size() != said.size()) {
            different.add("the record names something twice");
        }
        recorded.forEach((name, resource) -> {
            Resource other = there.get(name);
            if (other == null) {
                different.add(what + shown(name) + ": is in the record only");
            } else if (!resource.equals(other)) {
                different.add(what + shown(name) + ": the record says " + text(resource) + ", it is " + text(other));
            }
        });
        there.keySet().stream()
                .filter(name -> !recorded.containsKey(name))
                .forEach(name -> different.add(what + shown(name) + ": is not in the record"));
    }

    private static Map<String, Resource> byName(List<Resource> resources) {
        Map<String, Resource> named = new LinkedHashMap<>();
        resources.forEach(resource -> named.put(resource.name(), resource));
        return named;
    }

    private static String text(Resource resource) {
        List<String> words = new ArrayList<>(resource.uri().isEmpty() ? List.of() : List.of(resource.uri()));
        new TreeMap<>(resource.digest()).forEach((name, value) -> words.add(name + " " + value));
        new TreeMap<>(resource.annotations()).forEach((name, value) -> words.add(name + " " + value));
        return shown(String.join(", ", words));
    }

    /** Each test has one verdict and stands in one list. */
    private static void tests(List<String> different, Predicate said, Predicate is) {
        Map<String, String> recorded = words(said);
        Map<String, String> there = words(is);
        recorded.forEach((test, word) -> {
            if (!there.containsKey(test)) {
                different.add(shown(test) + ": is in the record only, as " + shown(word));
            } else {
                add(different, shown(test), word, there.getOrDefault(test, ""));
            }
        });
        there.forEach((test, word) -> {
            if (!recorded.containsKey(test)) {
                different.add(shown(test) + ": is not in the record; it is " + shown(word));
            }
        });
    }

    private static Map<String, String> words(Predicate predicate) {
        Map<String, String> words = new LinkedHashMap<>();
        predicate.verdicts().forEach((test, verdict) -> words.merge(test, verdict, (one, two) -> one + ", " + two));
        predicate.passedTests().forEach(test -> words.merge(test, "passed", RunRecord::both));
        predicate.warnedTests().forEach(test -> words.merge(test, "warned", RunRecord::both));
        predicate.failedTests().forEach(test -> words.merge(test, "failed", RunRecord::both));
        return words;
    }

    private static String both(String one, String two) {
        return one.equals(two) ? one : one + " (" + two + ")";
    }

    private static String shown(String text) {
        return Printable.cut(Printable.line(text), LONGEST);
    }
}
