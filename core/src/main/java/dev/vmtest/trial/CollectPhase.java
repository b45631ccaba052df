package dev.vmtest.trial;

import dev.vmtest.archive.ExtractReport;
import dev.vmtest.archive.TarException;
import dev.vmtest.archive.TarExtractor;
import dev.vmtest.archive.TarLimits;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Verdict;
import dev.vmtest.seed.FirstBootSeed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Unpack what the installed system wrote, and believe it only if it carries this run's nonce. */
final class CollectPhase {

    private static final int LONGEST_MESSAGE = 2000;

    /** How many of the entries that were left out are named. */
    private static final int REFUSED_NAMED = 10;

    private final Workspace workspace;
    private final InstalledBoot which;
    private final Consumer<String> warnings;

    /**
     * Prepare.
     *
     * @param which the boot whose data it is
     * @param warnings told what was left out of the data
     */
    CollectPhase(Workspace workspace, InstalledBoot which, Consumer<String> warnings) {
        this.workspace = workspace;
        this.which = which;
        this.warnings = warnings;
    }

    ExtractReport run(String nonce) throws IOException, PhaseFailure {
        ExtractReport report;
        try {
            report = new TarExtractor(TarLimits.DEFAULT).extract(workspace.outputDisk(which), workspace.collect(which));
            warn(report);
        } catch (TarException unreadable) {
            warn(unreadable.report());
            throw failure("the installed system delivered no readable data: " + unreadable.getMessage());
        }
        Path error = workspace.collect(which).resolve(FirstBootSeed.ERROR_FILE);
        if (Files.exists(error)) {
            throw failure("the installed system could not deliver its data: " + bounded(error));
        }
        Path carried = workspace.collect(which).resolve(FirstBootSeed.NONCE_FILE);
        if (!Files.exists(carried)) {
            throw failure("the collected data carries no nonce of a run");
        }
        String found = bounded(carried).strip();
        if (!found.equals(nonce)) {
            throw failure("the collected data carries another run's nonce: " + found);
        }
        return report;
    }

    /** Say which entries were left out: a fact that is missing may be one of them. */
    private void warn(ExtractReport report) {
        List<ExtractReport.Refused> refused = report.refused();
        if (refused.isEmpty()) {
            return;
        }
        String named = refused.stream()
                .limit(REFUSED_NAMED)
                .map(ExtractReport.Refused::toString)
                .collect(Collectors.joining("; "));
        int more = refused.size() - REFUSED_NAMED;
        warnings.accept(refused.size() + (refused.size() == 1 ? " entry" : " entries")
                + " of the collected data left out: " + named + (more > 0 ? "; and " + more + " more" : ""));
    }

    private static String bounded(Path file) throws IOException {
        byte[] bytes;
        try (var stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(LONGEST_MESSAGE);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private PhaseFailure failure(String summary) {
        String log = workspace
                .directory()
                .relativize(workspace.console(which.phase()))
                .toString();
        return new PhaseFailure(Verdict.BOOT_FAILED, new Evidence(summary, List.of(), "", "", log));
    }
}
