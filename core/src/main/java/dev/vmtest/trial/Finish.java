package dev.vmtest.trial;

import dev.vmtest.disk.DiskException;
import dev.vmtest.disk.DiskImages;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Proof;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** End a test: hear its author, decide the verdict, say it, and keep what the rules say. */
final class Finish {

    private final RunContext context;

    Finish(RunContext context) {
        this.context = context;
    }

    TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
        TestResult result = result(outcome, authorChecks);
        keep(outcome.workspace(), result.verdict(), progress(outcome));
        return result;
    }

    private Progress progress(TestOutcome outcome) {
        return new Progress(
                outcome.test().title(),
                TestSecrets.of(outcome.test().config()),
                context.listener(),
                context.chance().clock(),
                context.chance().ticker());
    }

    /** Hear the author and decide the verdict, but leave all data. */
    TestResult result(TestOutcome outcome, List<CheckRecord> authorChecks) {
        List<CheckRecord> checks = new ArrayList<>(outcome.course().checks());
        Progress progress = progress(outcome);
        authorChecks.forEach(check -> checks.add(progress.checked(check)));
        Verdict verdict = outcome.verdict();
        Evidence evidence = outcome.evidence();
        if (verdict == Verdict.PASSED && authorChecks.stream().anyMatch(CheckRecord::hasFailed)) {
            verdict = Verdict.FAILED;
        }
        if (verdict == Verdict.FAILED) {
            // The author's checks count like the derived ones: one number, wherever it is told.
            evidence = FailedChecks.evidence(checks);
        }
        KnownFailures known =
                new KnownFailures(outcome.test().knownIssues(), outcome.course().started());
        KnownFailures.Judged judged = known.judge(verdict, evidence, checks);
        List<CheckRecord> notes = known.notes();
        notes.forEach(note -> progress.notice(note.source() + ": " + note.name() + " " + note.message()));
        checks.addAll(notes);
        TestResult result = new TestResult(
                outcome.test().name(),
                outcome.test().release(),
                outcome.test().installerName(),
                judged.verdict(),
                outcome.course().seconds(),
                outcome.course().phases(),
                checks,
                judged.evidence(),
                outcome.test().directoryName(),
                outcome.test().reproduce(),
                outcome.course().warnings(),
                Proof.NONE);
        progress.testFinished(result);
        return result;
    }

    private void keep(Workspace workspace, Verdict verdict, Progress progress) {
        if (!Files.isDirectory(workspace.directory())) {
            return;
        }
        try {
            context.keeping().rules().apply(workspace, verdict);
            if (context.keeping().tarDisks() && Files.isDirectory(workspace.disks())) {
                var unused = new DiskImages(context.host().processes()).pack(workspace.disks());
            }
        } catch (IOException | DiskException trouble) {
            progress.notice("not all data could be pruned: "
                    + (trouble instanceof IOException refused ? PlainTrouble.of(refused) : trouble.getMessage()));
        }
    }
}
