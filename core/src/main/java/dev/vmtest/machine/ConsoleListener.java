package dev.vmtest.machine;

/** Receive the lines of a console as the guest writes them. */
@FunctionalInterface
public interface ConsoleListener {

    /** Ignore everything. */
    ConsoleListener NONE = line -> {};

    /** Take a complete line. Called on the console's own thread: be quick. */
    void line(ConsoleLine line);
}
