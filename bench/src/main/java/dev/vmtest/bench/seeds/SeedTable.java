package dev.vmtest.bench.seeds;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Hold the rows of {@code docs/seeds.yaml}.
 *
 * @param sections the tables of the page, in order
 */
record SeedTable(List<Section> sections) {

    SeedTable {
        sections = List.copyOf(sections);
    }

    /**
     * Hold one table.
     *
     * @param title its heading
     * @param rows its rows
     */
    record Section(String title, List<Row> rows) {

        Section {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Say what stands for one thing.
     *
     * @param seed what the harness before has
     * @param here what stands for it: variables, commands with options, files, elements of an annotation
     * @param note what is different; may be empty
     * @param proof the names of test classes that show it
     */
    record Row(String seed, List<String> here, String note, List<String> proof) {

        Row {
            here = List.copyOf(here);
            proof = List.copyOf(proof);
        }

        /** Say whether something stands for it and a test shows that. */
        boolean isShown() {
            return !proof.isEmpty();
        }
    }

    /** Return all rows. */
    List<Row> rows() {
        return sections.stream().flatMap(section -> section.rows().stream()).toList();
    }

    /**
     * Read the table.
     *
     * @throws dev.vmtest.config.ConfigException with everything that is wrong with the file
     */
    static SeedTable load(Path file) {
        Problems problems = new Problems();
        MapReader top = new MapReader(ConfigFiles.load(file, problems), "seeds", problems);
        List<Section> sections = new ArrayList<>();
        for (MapValue entry : top.maps("sections")) {
            MapReader section = new MapReader(entry, "section", problems);
            List<Row> rows = new ArrayList<>();
            section.maps("rows").forEach(row -> rows.add(row(new MapReader(row, "row", problems))));
            sections.add(new Section(section.requiredText("title"), rows));
            section.refuseUnknown();
        }
        top.refuseUnknown();
        problems.throwIfAny();
        return new SeedTable(sections);
    }

    private static Row row(MapReader reader) {
        Row row = new Row(
                reader.requiredText("seed"),
                reader.texts("here"),
                Objects.requireNonNullElse(reader.text("note"), ""),
                reader.texts("proof"));
        reader.refuseUnknown();
        return row;
    }
}
