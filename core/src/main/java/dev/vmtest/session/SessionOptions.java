package dev.vmtest.session;

import java.util.List;

/**
 * Hold what a command line says about a run and the environment cannot say.
 *
 * @param installer the name of the installer under test
 * @param releases only these releases; empty means each test's own
 */
public record SessionOptions(String installer, List<String> releases) {

    /** Run each test on its own releases with the built-in installer. */
    public static final SessionOptions DEFAULT = new SessionOptions("builtin", List.of());

    public SessionOptions {
        releases = List.copyOf(releases);
    }
}
