package dev.vmtest.network;

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

/** Read tables of network sections: a title after {@code ###}, the YAML, and its messages after {@code =>}. */
final class NetworkCases {

    private NetworkCases() {}

    /** Hold one row. */
    record Case(String title, String yaml, List<String> messages) {
        @Override
        public String toString() {
            return title;
        }
    }

    static List<Case> read(String name) {
        List<Case> rows = new ArrayList<>();
        for (String block : text(name).split("(?m)^### ", -1)) {
            if (block.isBlank()) {
                continue;
            }
            List<String> lines = block.lines().toList();
            StringBuilder yaml = new StringBuilder();
            List<String> messages = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                if (line.startsWith("=> ")) {
                    messages.add(line.substring(3));
                } else if (!line.isBlank()) {
                    yaml.append(line).append('\n');
                }
            }
            rows.add(new Case(lines.get(0), yaml.toString(), messages));
        }
        return rows;
    }

    static List<String> messages(String yaml) {
        Problems problems = new Problems();
        NetworkReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        return problems.all().stream().map(Problem::toString).toList();
    }

    private static String text(String name) {
        try (InputStream stream = NetworkCases.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
