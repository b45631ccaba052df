package dev.vmtest.engine;

import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.text.TextResource;

/**
 * Take care that no job and no unit outlives the run, by a small process that outlives it itself for a moment: it takes
 * the lease away and cancels the jobs, also after {@code kill -9}.
 */
final class RunGuard implements AutoCloseable {

    /** A scheduler that there is not is never asked: nothing is in the list of jobs then. */
    private static final String CANCEL = "scancel";

    private static final String SCRIPT = TextResource.beside(RunGuard.class, "guard.sh");

    private final Running process;

    RunGuard(EngineFiles files, Processes processes) {
        try {
            process = processes.start(
                    Command.of(
                            "sh",
                            "-c",
                            SCRIPT,
                            "vmtest-engine-guard",
                            files.lease().toString(),
                            files.jobs().toString(),
                            CANCEL),
                    files.guardLog());
        } catch (ProcessException refused) {
            throw new InfrastructureException(
                    "the guard of the run's jobs cannot be started: " + refused.problem(), refused);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
