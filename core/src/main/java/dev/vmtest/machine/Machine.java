package dev.vmtest.machine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Watch and end a machine that was started. */
public interface Machine extends AutoCloseable {

    /** Return how the machine ended, once QEMU is gone. Never completes exceptionally. */
    CompletableFuture<MachineEnd> ended();

    /** Say that the guest gave another sign of life than console output, such as a report event. */
    void activity();

    /** End the machine soon: {@link #ended()} then completes with {@link MachineEnd.Cancelled}. */
    void cancel();

    /** Return what the console said so far. */
    Console console();

    /** Return what QEMU got of the host's processors so far; empty where that is not known. */
    default Optional<ProcessorShare> processors() {
        return Optional.empty();
    }

    /** Return QEMU's exact command line. */
    List<String> commandLine();

    /** Cancel the machine if it still runs and wait until QEMU is gone. */
    @Override
    void close();
}
