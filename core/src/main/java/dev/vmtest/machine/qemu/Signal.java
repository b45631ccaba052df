package dev.vmtest.machine.qemu;

import tools.jackson.databind.JsonNode;

/** Tell a machine's supervisor what happened. */
sealed interface Signal {

    /** QEMU is gone. */
    record Exited(int status) implements Signal {}

    /** QEMU reported an event (QEMU QMP Reference Manual). */
    record Event(String name, JsonNode data) implements Signal {}

    /** The guest wrote to its console, or gave another sign of life. */
    record Sign() implements Signal {}

    /**
     * QEMU was asked how it is.
     *
     * @param inquiry what it was asked for
     * @param status the state that it says, or empty if it said something else
     * @param failure what came instead of an answer, or empty
     */
    record Answered(Inquiry inquiry, String status, String failure) implements Signal {}

    /** Something on the host's side broke. */
    record Broken(String reason) implements Signal {}

    /** A defect of ours ended what listens to the console, so that nobody hears the guest. */
    record Unheard(String reason) implements Signal {}

    /** The machine is about to be stopped by its owner, who saves it. */
    record Saving() implements Signal {}

    /** Somebody wants the machine to end. */
    record Cancel() implements Signal {}
}
