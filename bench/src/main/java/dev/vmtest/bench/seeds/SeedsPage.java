package dev.vmtest.bench.seeds;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Write the page of the documentation that {@link SeedTable} stands for. */
final class SeedsPage {

    private static final String MISSING = "missing";

    private SeedsPage() {}

    /** Return the page in Markdown. */
    static String of(SeedTable table) {
        long shown = table.rows().stream().filter(SeedTable.Row::isShown).count();
        StringBuilder page = new StringBuilder("""
                # From the harness before

                What curtin's Python harness has, what stands for it here, and the test classes that show it. A row
                without such a class says "missing": nothing stands for it yet, no test shows it, or it is left out for
                the reason that is given. `tools/seeds` makes this page from `seeds.yaml`; `SeedsPageTests` holds both
                against the variables, commands, options, files and test classes that there are.

                %d of %d rows are shown by a test.
                """.formatted(shown, table.rows().size()));
        for (SeedTable.Section section : table.sections()) {
            page.append("\n## ").append(section.title()).append("\n\n| Before | Here | Shown by |\n|---|---|---|\n");
            section.rows().forEach(row -> page.append(line(row)));
        }
        return page.toString();
    }

    private static String line(SeedTable.Row row) {
        String here = Stream.concat(
                        row.here().stream().map(SeedsPage::code),
                        row.note().isEmpty() ? Stream.of() : Stream.of(row.note()))
                .collect(Collectors.joining("; "));
        String proof = row.proof().stream().map(SeedsPage::code).collect(Collectors.joining(", "));
        return Stream.of(
                        row.seed(),
                        here.isEmpty() ? row.isShown() ? "the same" : MISSING : here,
                        proof.isEmpty() ? MISSING : proof)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    /** Return the rows that say "missing". */
    static List<SeedTable.Row> missing(SeedTable table) {
        return table.rows().stream().filter(row -> !row.isShown()).toList();
    }
}
