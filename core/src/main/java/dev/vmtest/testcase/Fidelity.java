package dev.vmtest.testcase;

import java.util.Locale;

/** Say how install environments are started where the test leaves the choice. */
public enum Fidelity {
    /** Boot kernel, initrd and root each time, as a machine in the field does; the root is a disk of the machine. */
    FULL,
    /** The same with a root that the initrd fetches over HTTP into memory, as MAAS and the Python harness do. */
    FULL_HTTP,
    /** Go on from a snapshot of that boot, taken before any hardware of the test was there. */
    RESUME;

    /** Return the word of the command line and of results. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Return whether the root of a full boot comes over HTTP. */
    public boolean fetchesRoot() {
        return this == FULL_HTTP;
    }

    /** Return {@link #text()}, for the help of commands. */
    @Override
    public String toString() {
        return text();
    }
}
