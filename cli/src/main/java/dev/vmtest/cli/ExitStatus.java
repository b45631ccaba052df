package dev.vmtest.cli;

/** Name the exit statuses of every command. */
final class ExitStatus {

    static final int SUCCESS = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INFRASTRUCTURE = 3;

    /** What a shell makes of SIGINT; the JVM itself ends with it, or with 143 after SIGTERM. */
    static final int INTERRUPTED = 130;

    /** What a shell makes of SIGPIPE: nobody reads the output any more. */
    static final int BROKEN_PIPE = 141;

    private ExitStatus() {}
}
