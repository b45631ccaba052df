package dev.vmtest.bench.mutants;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Read the list of defects: a mapping from each name to what it is. */
final class MutantFile {

    private MutantFile() {}

    /** Read a file; what is wrong goes to the problems. */
    static List<Mutant> read(Path file, Problems problems) {
        return read(ConfigFiles.load(file, problems), problems);
    }

    static List<Mutant> read(MapValue root, Problems problems) {
        List<Mutant> mutants = new ArrayList<>();
        root.entries().forEach((name, entry) -> {
            if (entry.value() instanceof MapValue map) {
                mutants.add(mutant(name, map, problems));
            } else {
                problems.add(
                        entry.value().location(),
                        "the mutant " + name + " must be a mapping, not "
                                + entry.value().describe(),
                        "give it the keys base, kind, caught_by, and defect, rendered, or tool and words");
            }
        });
        return List.copyOf(mutants);
    }

    private static Mutant mutant(String name, MapValue map, Problems problems) {
        MapReader reader = new MapReader(map, "mutant " + name, problems);
        reader.accept("base", "kind", "defect", "tool", "words", "rendered", "caught_by");
        Mutant mutant = new Mutant(
                name,
                map.location(),
                reader.requiredText("base"),
                reader.requiredText("kind"),
                defect(reader),
                names(map.get("caught_by")));
        if (!name.matches("[a-z0-9-]+")) {
            problems.add(map.location(), "'" + name + "' is no name of a mutant", "use a-z, 0-9 and -");
        }
        if (mutant.caughtBy().isEmpty()) {
            problems.add(
                    map.locationOf("caught_by"),
                    "the mutant " + name + " names no check that must catch it",
                    "list the names of checks, or boot");
        }
        return mutant;
    }

    private static Mutant.Defect defect(MapReader reader) {
        if (reader.has("rendered")) {
            return new Mutant.Defect.Rendered(reader.requiredText("rendered"));
        }
        return reader.has("tool")
                ? new Mutant.Defect.Words(reader.requiredText("tool"), reader.requiredText("words"))
                : new Mutant.Defect.Late(reader.requiredText("defect"));
    }

    private static List<String> names(@Nullable Value value) {
        List<String> names = new ArrayList<>();
        if (value instanceof ListValue list) {
            for (Value item : list.items()) {
                if (item instanceof ScalarValue scalar) {
                    names.add(String.valueOf(scalar.value()));
                }
            }
        } else if (value instanceof ScalarValue scalar) {
            names.add(String.valueOf(scalar.value()));
        }
        return names;
    }
}
