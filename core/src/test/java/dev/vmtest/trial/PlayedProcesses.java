package dev.vmtest.trial;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Play the tools of the host: make an empty file where one would make an image, for the played guest reads no seed disk. */
class PlayedProcesses implements Processes {

    @Override
    public Completed run(Command command, Duration timeout) throws ProcessException {
        int output = command.arguments().indexOf("-o");
        try {
            Files.createFile(Path.of(command.arguments().get(output + 1)));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return new Completed(command, 0, "", "", Duration.ZERO);
    }

    @Override
    public Running start(Command command, Path output) {
        throw new UnsupportedOperationException(command.toShell());
    }

    @Override
    public Running startInteractive(Command command) {
        throw new UnsupportedOperationException(command.toShell());
    }

    /** Has a curtin of a known version that packs what it is given. */
    static final class CurtinProcesses extends PlayedProcesses {

        private final String pack;

        CurtinProcesses(String pack) {
            this.pack = pack;
        }

        @Override
        public Completed run(Command command, Duration timeout) throws ProcessException {
            if (command.arguments().contains("version")) {
                return new Completed(command, 0, "99.1\n", "", Duration.ZERO);
            }
            return command.arguments().contains("pack")
                    ? new Completed(command, 0, pack, "", Duration.ZERO)
                    : super.run(command, timeout);
        }
    }

    /** Lacks every program. */
    static final class FailingProcesses extends PlayedProcesses {

        @Override
        public Completed run(Command command, Duration timeout) throws ProcessException {
            throw new ProcessException(
                    ProcessException.Reason.MISSING,
                    "the program " + command.program() + " is not installed",
                    "doctor");
        }
    }
}
