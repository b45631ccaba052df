package dev.vmtest.trial;

import dev.vmtest.result.Evidence;
import dev.vmtest.result.Verdict;

/** End a run early, with the verdict and the evidence that it ends in. */
final class PhaseFailure extends Exception {

    private final Verdict verdict;
    private final transient Evidence evidence;

    PhaseFailure(Verdict verdict, Evidence evidence) {
        super(evidence.summary());
        this.verdict = verdict;
        this.evidence = evidence;
    }

    /** Blame the host. */
    static PhaseFailure infrastructure(String summary) {
        return new PhaseFailure(Verdict.INFRASTRUCTURE, Evidence.of(summary));
    }

    Verdict verdict() {
        return verdict;
    }

    Evidence evidence() {
        return evidence;
    }
}
