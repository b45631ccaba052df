package dev.vmtest.report;

import dev.vmtest.result.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hold where every test stands on every release with every installer, as text that only needs escaping.
 *
 * @param columns what the tests were run on; with the installer's name where there are several
 * @param rows one for each test, by name
 */
record Matrix(List<String> columns, List<Row> rows) {

    Matrix {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Hold a test with a cell for each column. */
    record Row(String name, List<Cell> cells) {}

    /**
     * Hold how a test ended somewhere; where it did not run all is empty.
     *
     * @param id of the test's part of the page
     */
    record Cell(String id, String tone, String sign, String verdict) {

        static final Cell NONE = new Cell("", "", "", "");
    }

    /** Return whether it says more than a list of the tests. */
    boolean isWorthShowing() {
        return columns.size() > 1 && rows.size() > 1;
    }

    /**
     * Make it.
     *
     * @param ids the ids of the tests on the page, in the same order
     */
    static Matrix of(List<TestResult> tests, List<String> ids) {
        boolean severalInstallers =
                tests.stream().map(TestResult::installer).distinct().count() > 1;
        TreeSet<String> columns = new TreeSet<>();
        Map<String, Map<String, Cell>> found = new TreeMap<>();
        for (int index = 0; index < tests.size(); index++) {
            TestResult test = tests.get(index);
            String column = test.release() + (severalInstallers ? ", " + test.installer() : "");
            columns.add(column);
            found.computeIfAbsent(test.name(), any -> new TreeMap<>())
                    .put(
                            column,
                            new Cell(
                                    ids.get(index),
                                    HtmlReport.tone(test.verdict()),
                                    HtmlReport.sign(test.verdict()),
                                    test.verdict().text()));
        }
        List<Row> rows = new ArrayList<>();
        found.forEach((name, cells) -> rows.add(new Row(
                name,
                columns.stream()
                        .map(column -> cells.getOrDefault(column, Cell.NONE))
                        .toList())));
        return new Matrix(List.copyOf(columns), rows);
    }
}
