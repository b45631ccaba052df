package dev.vmtest.session;

import dev.vmtest.run.Fidelity;

/**
 * Hold what a command line says about a run and the environment cannot say.
 *
 * @param installer the name of the installer under test
 * @param fidelity how install environments are started where the test leaves the choice
 */
public record SessionOptions(String installer, Fidelity fidelity) {

    /** Use the built-in installer, and resume install environments. */
    public static final SessionOptions DEFAULT = new SessionOptions("builtin");

    /** Resume install environments where the test allows it. */
    public SessionOptions(String installer) {
        this(installer, Fidelity.RESUME);
    }
}
