package dev.vmtest.cli;

import dev.vmtest.engine.LeaseWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Hold the options by which a run spreads over hosts, and by which it knows that it is one of its units. */
final class EngineOption {

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "Run each unit on another host: by slurm, or by a command that a shell reads, such as 'ssh HOST"
                            + " {command}', where {cpus}, {memory} (MiB), {seconds} and {unit} say what the unit needs and is;"
                            + " --topdir is a directory that all hosts see under one name, and --parallel says how many units"
                            + " run at a time. Several commands share the units.")
    private List<String> engines = new ArrayList<>();

    @Option(
            names = "--lease",
            paramLabel = "FILE",
            description = "End when FILE is gone or does not change any more: an engine lets its units know so that the"
                    + " run that wants them is over.")
    private @Nullable Path lease;

    boolean isGiven() {
        return !engines.isEmpty();
    }

    List<String> engines() {
        return List.copyOf(engines);
    }

    /** Watch the lease if there is one; null if there is none. */
    @Nullable
    LeaseWatch watch(Invocation invocation) {
        if (lease == null) {
            return null;
        }
        return LeaseWatch.of(lease, why -> {
            invocation.err().println("vmtest: " + why + "; this unit ends");
            // In order: the guests are ended, and what is known is written down.
            Runtime.getRuntime().exit(ExitStatus.INTERRUPTED);
        });
    }
}
