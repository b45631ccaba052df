package dev.vmtest.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Hold the option that says which installer is under test. */
final class InstallerOption {

    @Option(
            names = "--installer",
            paramLabel = "NAME[=COMMAND]",
            description = "Installer under test: builtin, or curtin with the command line that starts it"
                    + " (CURTIN_VMTEST_CURTIN_EXE). Without it builtin, or curtin if that variable is set.")
    private @Nullable String installer;

    /** Return what was written; null leaves it to the environment. */
    @Nullable
    String value() {
        return installer;
    }
}
