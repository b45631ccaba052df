package dev.vmtest.cli;

import dev.vmtest.attestation.RunRecord;
import dev.vmtest.files.PlannedChange;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Hold the option of a command whose results are recorded for whoever was not there. */
final class RecordOption {

    @Option(
            names = "--record",
            paramLabel = "FILE|DIR",
            description =
                    "Write what was tested, with which inputs and with what result, as an in-toto statement to FILE"
                            + " or to a new file in DIR; 'vmtest verify-record' checks it.")
    private @Nullable Path named;

    boolean isGiven() {
        return named != null;
    }

    /**
     * Refuse a place where nothing can be written, before anything is run.
     *
     * @throws UsageException if that is so
     */
    void require() {
        if (named == null) {
            return;
        }
        Path directory =
                Files.isDirectory(named) ? named : named.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new UsageException("--record " + named + ": there is no directory " + directory);
        }
        if (!Files.isWritable(directory)) {
            throw new UsageException("--record " + named + ": nothing can be written in " + directory);
        }
    }

    /** Say what would be written. */
    void say(Invocation invocation) {
        if (named != null) {
            invocation
                    .out()
                    .println((Files.isDirectory(named)
                                    ? new PlannedChange(PlannedChange.Kind.WRITE, "a record in " + named)
                                    : PlannedChange.writing(named))
                            .line());
        }
    }

    /** Write the record of a run whose report is written; nothing if none is asked for. */
    void write(Invocation invocation, Path topdir) {
        if (named == null) {
            return;
        }
        try {
            Path file = RunRecord.file(named, topdir);
            RunRecord.write(file, topdir);
            invocation.out().println("record " + file);
        } catch (IOException trouble) {
            throw new InfrastructureException("the record cannot be written: " + PlainTrouble.of(trouble), trouble);
        }
    }
}
