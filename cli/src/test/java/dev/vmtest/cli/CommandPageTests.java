package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.session.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Runs the examples of docs/command.md and docs/launch.md. */
class CommandPageTests {

    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```console( vm)?\\n((?s:.*?))^```$");

    @TempDir
    private Path directory;

    /**
     * Hold an example.
     *
     * @param command the words after {@code vmtest}
     * @param output what the page shows of its output; empty if it shows none
     * @param needsMachine whether it is only parsed here
     */
    private record Example(List<String> command, String output, boolean needsMachine) {

        @Override
        public String toString() {
            return String.join(" ", command);
        }
    }

    static Stream<Example> examples() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(REPOSITORY.resolve("docs/command.md"))
                + Files.readString(REPOSITORY.resolve("docs/launch.md")));
        List<Example> examples = new ArrayList<>();
        while (blocks.find()) {
            String[] parts = blocks.group(2).split("(?m)^\\$ vmtest ", -1);
            for (String part : parts) {
                if (!part.isEmpty()) {
                    String[] lines = part.split("\n", 2);
                    examples.add(new Example(
                            List.of(lines[0].split(" ")), lines.length > 1 ? lines[1] : "", blocks.group(1) != null));
                }
            }
        }
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleDoesWhatThePageShows(Example example) throws IOException {
        TestHost host = new TestHost(directory);
        if (example.needsMachine()) {
            commandLine().parseArgs(example.command().toArray(String[]::new));
            return;
        }
        Path run = Files.createDirectory(directory.resolve("vmtest-run"));
        Files.writeString(run.resolve("run.json"), """
                {"vmtest": "test", "started": "2026-01-01T00:00:00Z",
                 "accelerator": {"name": "tcg", "reason": "as an example"}, "announced": []}
                """);
        String[] words = example.command().stream()
                .map(word ->
                        word.startsWith("examples/") ? REPOSITORY.resolve(word).toString() : word)
                .map(word ->
                        word.startsWith("/tmp/vmtest-run") ? run + word.substring("/tmp/vmtest-run".length()) : word)
                .toArray(String[]::new);
        TestHost.Result result = host.run(words);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(result.out()).isNotEqualTo("\n");
        if (!example.output().isEmpty()) {
            assertThat(result.out().replace(REPOSITORY + "/examples/", "examples/"))
                    .isEqualTo(example.output());
        }
    }

    @Test
    void everyCommandHasAnExample() throws IOException {
        TreeSet<String> shown = new TreeSet<>();
        examples().forEach(example -> {
            shown.add(example.command().get(0));
            shown.add(example.command().get(0) + " "
                    + example.command().get(Math.min(1, example.command().size() - 1)));
        });
        CommandLine vmtest = commandLine();
        assertThat(shown).containsAll(vmtest.getSubcommands().keySet());
        assertThat(shown)
                .containsAll(
                        Objects.requireNonNull(vmtest.getSubcommands().get("images")).getSubcommands().keySet().stream()
                                .map(name -> "images " + name)
                                .toList());
    }

    @Test
    void everyCommandExplainsItself() {
        for (CommandLine command : commandLine().getSubcommands().values()) {
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(command.getCommandName())
                    .isNotEmpty();
        }
    }

    private static CommandLine commandLine() {
        return Main.commandLine(Invocation.of(Surroundings.of(Map.of()), System.out, System.err));
    }
}
