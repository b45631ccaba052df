package dev.vmtest.cli;

import picocli.CommandLine.Option;

/** Hold the option of every command that deletes or overwrites: to say what would be done, and to do none of it. */
final class DryRunOption {

    @Option(
            names = "--dry-run",
            description = "Only say what would be made, replaced, removed or started, and do none of it.")
    private boolean given;

    boolean isGiven() {
        return given;
    }
}
