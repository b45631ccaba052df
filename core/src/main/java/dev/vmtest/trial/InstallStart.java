package dev.vmtest.trial;

import dev.vmtest.machine.Boot;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.testcase.Fidelity;

/** Say how one install environment starts. */
sealed interface InstallStart {

    /**
     * Boot it the full way.
     *
     * @param reason why, for the result
     * @param isInstead whether it was to be resumed and that did not work
     */
    record Full(String reason, boolean isInstead) implements InstallStart {}

    /**
     * Resume it.
     *
     * @param kernel what the snapshot was booted with
     */
    record Resumed(Snapshot snapshot, Boot.DirectKernel kernel) implements InstallStart {}

    /** Return how it starts, and why if that needs a reason, for the result. */
    default String text() {
        if (this instanceof Full full) {
            return Fidelity.FULL.text()
                    + (full.isInstead() ? " instead of " + Fidelity.RESUME.text() : "")
                    + ": "
                    + full.reason();
        }
        return Fidelity.RESUME.text();
    }
}
