package dev.vmtest.cli;

import dev.vmtest.release.Architecture;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.release.ReleaseSupport;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** List what tests can run on. */
@Command(
        name = "releases",
        description = {
            "Lists the releases that tests can run on, with the kernel of the install environment, and why tests on some"
                    + " are skipped.",
            "",
            "Images of Debian are built here ('vmtest images build'), all others are mirrored ('vmtest images sync')."
        },
        mixinStandardHelpOptions = true)
final class ReleasesCommand implements Callable<Integer> {

    private final Invocation invocation;
    private final InstantSource clock;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            converter = MachineOptions.Architectures.class,
            description = "For guests of this architecture; that of this host otherwise.")
    private @Nullable Architecture architecture;

    @Option(names = "--supported", description = "Only those on which tests are run.")
    private boolean supported;

    ReleasesCommand(Invocation invocation, InstantSource clock) {
        this.invocation = invocation;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ReleaseSupport support = TestDefaults.releaseSupport(Settings.read(invocation.environment()), clock);
        String guest = (architecture == null ? Architecture.host() : architecture).debianName();
        PrintStream out = invocation.out();
        for (ReleaseBase base : ReleaseTable.bases()) {
            String reason = support.reasonToSkip(base, guest).orElse("");
            if (reason.isEmpty() || !supported) {
                out.println("%-27s %-12s %-6s %-15s %s"
                        .formatted(
                                base.name(),
                                base.target().family().os(),
                                base.target().version(),
                                base.kernel().subarch(),
                                remark(support, base, reason))
                        .stripTrailing());
            }
        }
        return ExitStatus.SUCCESS;
    }

    private static String remark(ReleaseSupport support, ReleaseBase base, String reason) {
        if (!reason.isEmpty()) {
            return "skipped: " + reason;
        }
        return support.isInDevelopment(base.target()) ? "in development" : "";
    }
}
