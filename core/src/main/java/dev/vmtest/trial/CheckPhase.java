package dev.vmtest.trial;

import dev.vmtest.check.Check;
import dev.vmtest.check.CheckResult;
import dev.vmtest.check.CheckVerdict;
import dev.vmtest.check.DefaultChecks;
import dev.vmtest.check.DerivedChecks;
import dev.vmtest.check.InstallRecord;
import dev.vmtest.check.RecordedEvent;
import dev.vmtest.check.Target;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.Remark;
import dev.vmtest.peer.PeerWord;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.publish.ReportedFile;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.testcase.ConfigLayers;
import dev.vmtest.testcase.Releases;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hold every check that the configuration asks for, and those that every test makes, against the facts. */
final class CheckPhase {

    private final TestCase test;

    CheckPhase(TestCase test) {
        this.test = test;
    }

    /**
     * Return one record for each check; none hides another. What the configuration asks for is held against the facts
     * of each boot, what an install leaves once.
     *
     * @param facts of the first boot
     */
    List<CheckRecord> run(Workspace workspace, Facts facts, List<ReportEvent> events, String installerVersion)
            throws IOException {
        List<CheckRecord> records = new ArrayList<>();
        for (InstalledBoot which : InstalledBoot.of(test)) {
            Target target = Targets.of(test, PeerWord.read(workspace.peerWord(which)));
            switch (which) {
                case FIRST -> records.addAll(run(target, facts, events, installerVersion));
                case SECOND ->
                    again(which, target, Facts.read(workspace.collect(which))).forEach(records::add);
            }
        }
        records.addAll(records(NotJudged.beyondChecks(test)));
        return records;
    }

    private Stream<CheckRecord> again(InstalledBoot which, Target target, Facts facts) {
        return Check.holdAll(DerivedChecks.derive(test.config(), target), facts).stream()
                .filter(result -> result.verdict() != CheckVerdict.NOT_JUDGED)
                .map(CheckPhase::record)
                .map(record -> new CheckRecord(
                        which.checkPrefix() + record.name(), record.source(), record.verdict(), record.message()));
    }

    private List<CheckRecord> run(Target target, Facts facts, List<ReportEvent> events, String installerVersion) {
        List<Check> checks = new ArrayList<>(DerivedChecks.derive(test.config(), target));
        InstallRecord install = new InstallRecord(
                events.stream().map(CheckPhase::recorded).toList(),
                installerVersion,
                installLog(events),
                ConfigLayers.postFiles(test.config()));
        checks.addAll(DerivedChecks.ofInstall(test.config(), target, install));
        Set<String> names = checks.stream().map(Check::name).collect(Collectors.toSet());
        checks.addAll(DefaultChecks.list(target, install, Releases.kernelPackage(test), names));
        return Check.holdAll(checks, facts).stream().map(CheckPhase::record).toList();
    }

    /** Return what is not judged as records. */
    static List<CheckRecord> records(List<Remark> remarks) {
        return remarks.stream().map(CheckPhase::record).toList();
    }

    /** What is not judged is said beside what is. */
    private static CheckRecord record(Remark remark) {
        return CheckRecord.notJudged(remark.location().toString(), remark.text());
    }

    private String installLog(List<ReportEvent> events) {
        String path = ConfigLayers.installLog(test.config());
        return events.stream()
                .flatMap(event -> event.files().stream())
                .filter(file -> file.path().equals(path))
                .map(file -> new String(file.content(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private static CheckRecord record(CheckResult result) {
        return switch (result.verdict()) {
            case PASSED -> new CheckRecord(result.name(), result.source(), CheckRecord.PASSED, result.message());
            case FAILED -> new CheckRecord(result.name(), result.source(), CheckRecord.FAILED, result.message());
            case SKIPPED -> new CheckRecord(result.name(), result.source(), CheckRecord.SKIPPED, result.message());
            case NOT_JUDGED ->
                new CheckRecord(result.name(), result.source(), CheckRecord.NOT_JUDGED, result.message());
        };
    }

    private static RecordedEvent recorded(ReportEvent event) {
        Instant timestamp = event.timestamp();
        return new RecordedEvent(
                event.name(),
                event.eventType(),
                timestamp == null ? 0 : timestamp.toEpochMilli() / 1000.0,
                event.result(),
                event.files().stream().map(ReportedFile::path).toList());
    }
}
