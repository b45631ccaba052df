package dev.vmtest.storage;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Read a table of storage actions, each with the messages that it must give. */
final class StorageCases {

    private StorageCases() {}

    /** Hold one row: a title, the actions as YAML, and the expected messages. */
    record Case(String title, String actions, List<String> messages) {

        /** Return a whole configuration with the actions; they begin in line 4, column 5. */
        String yaml() {
            return "storage:\n  version: 1\n  config:\n" + actions.indent(2);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Case> read(String resource) {
        try (InputStream input = StorageCases.class.getResourceAsStream(resource)) {
            String text = new String(Objects.requireNonNull(input).readAllBytes(), StandardCharsets.UTF_8);
            List<Case> cases = new ArrayList<>();
            for (String block : text.split("(?m)^### ", -1)) {
                if (!block.isBlank()) {
                    cases.add(row(block));
                }
            }
            return cases;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Case row(String block) {
        List<String> lines = block.lines().toList();
        List<String> actions = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("=> ")) {
                messages.add(line.substring(3));
            } else if (!line.isBlank()) {
                actions.add(line);
            }
        }
        return new Case(lines.get(0), String.join("\n", actions), messages);
    }

    /** Return the messages of a whole configuration. */
    static List<String> messages(String yaml) {
        Problems problems = new Problems();
        StorageReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        return problems.all().stream().map(Problem::toString).toList();
    }
}
