package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.NotCollectedException;
import java.util.function.Function;

/**
 * Hold one named expectation about an installed system.
 *
 * <p>Immutable; the same check can be held against any number of systems.
 */
public final class Check {

    private final String name;
    private final String source;
    private final Function<Facts, Outcome> expectation;

    private Check(String name, String source, Function<Facts, Outcome> expectation) {
        this.name = name;
        this.source = source;
        this.expectation = expectation;
    }

    static Check of(String name, Location source, Function<Facts, Outcome> expectation) {
        return new Check(name, source.toString(), expectation);
    }

    static Check of(String name, String source, Function<Facts, Outcome> expectation) {
        return new Check(name, source, expectation);
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
     * with the reason, and so does a fact that the check did not foresee.
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

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
