package dev.vmtest.trial;

import dev.vmtest.facts.Facts;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.publish.ReportEvents;
import dev.vmtest.result.Phase;
import dev.vmtest.result.TestResult;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Read what an earlier run of a test left for its checks.
 *
 * @param facts what the installed system said
 * @param events what the installer reported
 * @param installerVersion the installer that the host had then
 */
record EarlierRun(Facts facts, List<ReportEvent> events, String installerVersion) {

    private static final String REMEDY =
            "; run it again without --reuse, with --keep collect,logs or CURTIN_VMTEST_KEEP_DATA_PASS";

    EarlierRun {
        events = List.copyOf(events);
    }

    /**
     * Say why the checks of a test cannot be held again, if so.
     *
     * @param earlier the result of the earlier run, or empty if there is none
     */
    static Optional<String> objection(TestCase test, Workspace workspace, Optional<TestResult> earlier) {
        Path directory = workspace.directory();
        if (!Files.isDirectory(directory)) {
            return Optional.of("nothing of it was kept: there is no " + directory + REMEDY);
        }
        if (earlier.isEmpty()) {
            return Optional.of(directory + " has no result: its run did not come to an end" + REMEDY);
        }
        boolean wasCollected =
                earlier.get().phases().stream().anyMatch(phase -> phase.name().equals(Phase.CHECK.text()));
        if (!wasCollected) {
            return Optional.of("its installed system delivered no data: "
                    + earlier.get().evidence().summary() + "; run it again without --reuse");
        }
        for (InstalledBoot which : InstalledBoot.of(test)) {
            if (!Files.isDirectory(workspace.collect(which))) {
                return Optional.of(workspace.collect(which) + " was not kept" + REMEDY);
            }
        }
        if (!Files.isRegularFile(workspace.reportEvents()) || !Files.isRegularFile(workspace.installerVersion())) {
            return Optional.of(workspace.logs() + " was not kept" + REMEDY);
        }
        return Optional.empty();
    }

    static EarlierRun read(Workspace workspace) throws IOException {
        return new EarlierRun(
                Facts.read(workspace.collect()),
                ReportEvents.read(workspace.reportEvents()),
                Files.readString(workspace.installerVersion()).strip());
    }
}
