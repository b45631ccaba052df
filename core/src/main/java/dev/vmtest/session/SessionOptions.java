package dev.vmtest.session;

/**
 * Hold what a command line says about a run and the environment cannot say.
 *
 * @param installer the name of the installer under test
 */
public record SessionOptions(String installer) {

    /** Use the built-in installer. */
    public static final SessionOptions DEFAULT = new SessionOptions("builtin");
}
