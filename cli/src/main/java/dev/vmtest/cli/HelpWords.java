package dev.vmtest.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explain a command, also one of several words. */
@Command(name = "help", description = "Explains a command, as --help does.", mixinStandardHelpOptions = true)
final class HelpWords implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", description = "The command, such as: run, images build. Without it: vmtest.")
    private List<String> words = new ArrayList<>();

    @Override
    public void run() {
        CommandLine explained = Terminal.required(spec).root().commandLine();
        for (String word : words) {
            CommandLine below = explained.getSubcommands().get(word);
            if (below == null) {
                throw new UnmatchedArgumentException(explained, List.of(word));
            }
            explained = below;
        }
        explained.usage(explained.getOut());
    }
}
