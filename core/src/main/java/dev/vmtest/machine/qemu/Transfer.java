package dev.vmtest.machine.qemu;

import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.SnapshotRefusedException;
import dev.vmtest.process.ShellWords;
import dev.vmtest.qmp.QmpClient;
import dev.vmtest.qmp.QmpEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Move one machine's state into a file or out of it, by QEMU's migration (QEMU QMP Reference Manual, "Migration"). */
final class Transfer {

    /** No limit that any disk reaches, in bytes a second. */
    private static final long BANDWIDTH = 1L << 40;

    private static final String LOAD = "migrate-incoming";

    private static final String FAILED = "failed";
    private static final String ENDED = "QEMU ended with status ";

    /** QEMU says that it failed, or ends by itself with status 1; one that is killed has another. */
    private static final Set<String> REFUSED = Set.of(FAILED, ENDED + 1);

    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    /** Hear QEMU's events. */
    void event(QmpEvent event) {
        if (event.name().equals("MIGRATION")) {
            String status = event.data().path("status").asString("");
            if (status.equals("completed") || status.equals(FAILED)) {
                outcome.complete(status);
            }
        }
    }

    /**
     * Write the state of a machine that is stopped.
     *
     * @throws MachineException when it can't be written, such as to a full disk
     */
    void save(QmpClient qemu, CompletionStage<Integer> qemuEnded, Path file, Duration patience)
            throws MachineException {
        execute(qemu, "migrate-set-parameters", Map.of("max-bandwidth", BANDWIDTH), patience);
        run(qemu, qemuEnded, "migrate", "cat > " + ShellWords.quote(file.toString()), patience);
    }

    /**
     * Read the state into a QEMU that was started for it.
     *
     * @throws SnapshotRefusedException when it is the state that QEMU refuses
     * @throws MachineException when QEMU doesn't take it, such as one of another version
     */
    void load(QmpClient qemu, CompletionStage<Integer> qemuEnded, Path file, Duration patience)
            throws MachineException {
        run(qemu, qemuEnded, LOAD, "cat " + ShellWords.quote(file.toString()), patience);
    }

    private void run(
            QmpClient qemu, CompletionStage<Integer> qemuEnded, String command, String shell, Duration patience)
            throws MachineException {
        execute(
                qemu,
                "migrate-set-capabilities",
                Map.of("capabilities", List.of(Map.of("capability", "events", "state", true))),
                patience);
        execute(qemu, command, Map.of("uri", "exec:" + shell), patience);
        var unused = qemuEnded.thenAccept(status -> outcome.complete(ENDED + status));
        String how = await(outcome, command, patience);
        if (!how.equals("completed")) {
            String problem = command + " of a machine's state ended: " + how;
            throw command.equals(LOAD) && REFUSED.contains(how)
                    ? new SnapshotRefusedException(problem)
                    : new MachineException(problem);
        }
    }

    /**
     * Run a command to its answer.
     *
     * @throws MachineException when QEMU refuses it or doesn't answer
     */
    static void execute(QmpClient qemu, String command, Map<String, ?> arguments, Duration patience)
            throws MachineException {
        var unused = await(qemu.execute(command, arguments), command, patience);
    }

    private static <T> T await(CompletableFuture<T> future, String command, Duration patience) throws MachineException {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MachineException("interrupted while QEMU did " + command, interrupted);
        } catch (ExecutionException refused) {
            throw new MachineException(command + " failed", refused.getCause() == null ? refused : refused.getCause());
        } catch (TimeoutException late) {
            throw new MachineException(command + " took more than " + patience.toSeconds() + " s", late);
        }
    }
}
