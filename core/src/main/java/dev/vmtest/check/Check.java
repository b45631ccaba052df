package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.NotCollectedException;
import dev.vmtest.installconfig.Remark;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hold one named expectation about an installed system.
 *
 * <p>Immutable; the same check can be held against any number of systems.
 */
public final class Check {

    private final String name;
    private final String source;
    private final Function<Facts, Outcome> expectation;
    private final @Nullable Remark notJudged;

    private Check(String name, String source, Function<Facts, Outcome> expectation, @Nullable Remark notJudged) {
        this.name = name;
        this.source = source;
        this.expectation = expectation;
        this.notJudged = notJudged;
    }

    static Check of(String name, Location source, Function<Facts, Outcome> expectation) {
        return new Check(name, source.toString(), expectation, null);
    }

    static Check of(String name, String source, Function<Facts, Outcome> expectation) {
        return new Check(name, source, expectation, null);
    }

    /** Return a check that judges nothing, with the reason, for something that the installer does not promise. */
    static Check notJudged(String name, Location source, String reason) {
        Outcome outcome = new Outcome(CheckVerdict.NOT_JUDGED, "not judged: " + reason, "");
        return new Check(
                name, source.toString(), facts -> outcome, new Remark(source, "not judged: " + name + ": " + reason));
    }

    /** Return why this is never judged, where the installer does not promise what it is about. */
    public Optional<Remark> notJudged() {
        return Optional.ofNullable(notJudged);
    }

    /** Return the name, such as {@code format root: label}. */
    public String name() {
        return name;
    }

    /** Return who asked for it: {@code file:line:column} of the YAML, or {@code Class.method}. */
    public String source() {
        return source;
    }

    /**
     * Hold the expectation against a system. Never throws: a fact that is not known fails the check
     * with the reason, and so does a fact that the check did not foresee. A verdict of
     * {@link CheckVerdict#SKIPPED} holds only beside the others: see {@link #holdAll}.
     */
    public CheckResult hold(Facts facts) {
        Outcome outcome;
        try {
            outcome = expectation.apply(facts);
        } catch (NotCollectedException | AbsentException unknown) {
            outcome = Outcome.failed(String.valueOf(unknown.getMessage()));
        } catch (RuntimeException unforeseen) {
            outcome = Outcome.failed("the check could not be made: " + unforeseen);
        }
        return new CheckResult(name, source, outcome.verdict(), outcome.message(), outcome.evidence());
    }

    /**
     * Hold all expectations of one system, in order. A check is skipped only if the one that it names as the cause has
     * failed; otherwise it fails itself, so that no fault can hide. What the installer does not promise stays not judged.
     */
    public static List<CheckResult> holdAll(List<Check> checks, Facts facts) {
        List<CheckResult> results =
                checks.stream().map(check -> check.hold(facts)).toList();
        Set<String> failed = results.stream()
                .filter(result -> result.verdict() == CheckVerdict.FAILED)
                .map(CheckResult::name)
                .collect(Collectors.toSet());
        return results.stream().map(result -> settle(result, failed)).toList();
    }

    private static CheckResult settle(CheckResult result, Set<String> failed) {
        if (result.verdict() != CheckVerdict.SKIPPED) {
            return result;
        }
        String cause =
                result.evidence().lines().filter(failed::contains).findFirst().orElse("");
        return cause.isEmpty()
                ? new CheckResult(result.name(), result.source(), CheckVerdict.FAILED, result.message(), "")
                : new CheckResult(
                        result.name(),
                        result.source(),
                        CheckVerdict.SKIPPED,
                        "not judged because '" + cause + "' failed",
                        "");
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
