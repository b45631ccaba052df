package dev.vmtest.run;

import dev.vmtest.archive.ExtractReport;
import dev.vmtest.archive.TarException;
import dev.vmtest.archive.TarExtractor;
import dev.vmtest.archive.TarLimits;
import dev.vmtest.seed.FirstBootSeed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Unpack what the installed system wrote, and believe it only if it carries this run's nonce. */
final class CollectPhase {

    private static final int LONGEST_MESSAGE = 2000;

    private final Workspace workspace;

    CollectPhase(Workspace workspace) {
        this.workspace = workspace;
    }

    ExtractReport run(String nonce) throws IOException, PhaseFailure {
        ExtractReport report;
        try {
            report = new TarExtractor(TarLimits.DEFAULT).extract(workspace.outputDisk(), workspace.collect());
        } catch (TarException unreadable) {
            throw failure("the installed system delivered no readable data: " + unreadable.getMessage());
        }
        Path error = workspace.collect().resolve(FirstBootSeed.ERROR_FILE);
        if (Files.exists(error)) {
            throw failure("the installed system could not deliver its data: " + bounded(error));
        }
        Path carried = workspace.collect().resolve(FirstBootSeed.NONCE_FILE);
        if (!Files.exists(carried)) {
            throw failure("the collected data carries no nonce of a run");
        }
        String found = bounded(carried).strip();
        if (!found.equals(nonce)) {
            throw failure("the collected data carries another run's nonce: " + found);
        }
        return report;
    }

    private static String bounded(Path file) throws IOException {
        byte[] bytes;
        try (var stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(LONGEST_MESSAGE);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static PhaseFailure failure(String summary) {
        return new PhaseFailure(Verdict.BOOT_FAILED, new Evidence(summary, List.of(), "", "", "logs/boot-serial.log"));
    }
}
