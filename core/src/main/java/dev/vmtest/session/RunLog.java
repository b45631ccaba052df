package dev.vmtest.session;

import java.io.IOException;
import java.nio.file.Path;

/** Open the debug log of a run. The library only writes to slf4j; who holds the terminal decides where that goes. */
@FunctionalInterface
public interface RunLog {

    /** Leave logging as it is. */
    RunLog NONE = file -> {};

    /**
     * Send the log to a file from now on.
     *
     * @param file {@code CURTIN_VMTEST_LOG}, or the run's directory with {@code .log} at its end
     * @throws IOException if it cannot be written
     */
    void begin(Path file) throws IOException;
}
