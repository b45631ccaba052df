package dev.vmtest.trial;

import dev.vmtest.knownissues.KnownIssue;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hold a test's end against the issues that are known of it.
 *
 * <p>A failure is expected only if a known issue explains all of it: the evidence of an install or a
 * boot that failed, or every check that does not hold. What a known issue does not explain fails the
 * test as if there were none.
 */
public final class KnownFailures {

    private final List<KnownIssue> valid;
    private final List<KnownIssue> expired;

    /**
     * Hold the issues of a test.
     *
     * @param started when the test began, in seconds since the epoch; its day decides what is expired
     */
    public KnownFailures(List<KnownIssue> issues, double started) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond((long) started), ZoneOffset.UTC);
        this.valid = issues.stream().filter(issue -> !issue.isExpired(day)).toList();
        this.expired = issues.stream().filter(issue -> issue.isExpired(day)).toList();
    }

    /** Hold a verdict with its evidence. */
    record Judged(Verdict verdict, Evidence evidence) {}

    /** Return the issue that explains why a check does not hold, if there is one. */
    public Optional<KnownIssue> explaining(CheckRecord check) {
        return valid.stream()
                .filter(issue -> issue.explains(check.name() + ": " + check.message()))
                .findFirst();
    }

    /** Return one record for each issue that is expired, so that every report names it. */
    List<CheckRecord> notes() {
        return expired.stream()
                .map(issue -> new CheckRecord(
                        "known issue " + issue.reference(),
                        issue.location().toString(),
                        CheckRecord.SKIPPED,
                        "expired on " + issue.expires() + ", so it excuses nothing; mend its cause and remove it,"
                                + " or give it a later date"))
                .toList();
    }

    Judged judge(Verdict verdict, Evidence evidence, List<CheckRecord> checks) {
        return switch (verdict) {
            case FAILED -> failed(evidence, checks);
            case INSTALL_FAILED, BOOT_FAILED -> ended(verdict, evidence);
            case PASSED -> passed();
            case INFRASTRUCTURE, SKIPPED, UNCHANGED, EXPECTED_FAILURE, UNEXPECTED_PASS -> new Judged(verdict, evidence);
        };
    }

    private Judged failed(Evidence evidence, List<CheckRecord> checks) {
        Set<KnownIssue> reasons = new LinkedHashSet<>();
        for (CheckRecord check : checks) {
            if (check.hasFailed()) {
                Optional<KnownIssue> issue = explaining(check);
                if (issue.isEmpty()) {
                    return new Judged(Verdict.FAILED, evidence);
                }
                reasons.add(issue.get());
            }
        }
        return reasons.isEmpty() ? new Judged(Verdict.FAILED, evidence) : expected(reasons, evidence);
    }

    private Judged ended(Verdict verdict, Evidence evidence) {
        List<String> pieces = new ArrayList<>(evidence.context());
        pieces.add(evidence.summary());
        pieces.add(evidence.machineEnd());
        return valid.stream()
                .filter(issue -> pieces.stream().anyMatch(issue::explains))
                .findFirst()
                .map(issue -> expected(Set.of(issue), evidence))
                .orElse(new Judged(verdict, evidence));
    }

    private static Judged expected(Set<KnownIssue> reasons, Evidence evidence) {
        return new Judged(Verdict.EXPECTED_FAILURE, evidence.withSummary(names(reasons) + ": " + evidence.summary()));
    }

    private Judged passed() {
        return valid.isEmpty()
                ? new Judged(Verdict.PASSED, Evidence.NONE)
                : new Judged(
                        Verdict.UNEXPECTED_PASS,
                        Evidence.of("it passed although it should fail as " + names(new LinkedHashSet<>(valid))
                                + " says; remove that entry if its cause is mended"));
    }

    private static String names(Set<KnownIssue> issues) {
        return issues.stream().map(KnownIssue::toString).collect(Collectors.joining(", "));
    }
}
