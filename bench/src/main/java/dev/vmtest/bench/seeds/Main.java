package dev.vmtest.bench.seeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Write {@code docs/seeds.md} and say what is missing. {@code tools/seeds} starts this. */
public final class Main {

    private Main() {}

    /**
     * Write the page.
     *
     * @param arguments the source tree
     */
    public static void main(String[] arguments) throws IOException {
        Path docs = Path.of(arguments[0]).resolve("docs");
        SeedTable table = SeedTable.load(docs.resolve("seeds.yaml"));
        Files.writeString(docs.resolve("seeds.md"), SeedsPage.of(table));
        for (SeedTable.Row row : SeedsPage.missing(table)) {
            System.out.println("missing: " + row.seed() + (row.note().isEmpty() ? "" : " (" + row.note() + ")"));
        }
        System.out.println("written docs/seeds.md: " + table.rows().size() + " rows, "
                + SeedsPage.missing(table).size() + " missing");
    }
}
