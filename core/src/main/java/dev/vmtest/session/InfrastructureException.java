package dev.vmtest.session;

import java.util.List;

/** Say what of this host keeps a run from starting, and what to do about it: all of it at once. */
public final class InfrastructureException extends RuntimeException {

    private final transient List<String> problems;

    public InfrastructureException(String problem) {
        this(List.of(problem));
    }

    public InfrastructureException(String problem, Throwable cause) {
        super(problem, cause);
        this.problems = List.of(problem);
    }

    public InfrastructureException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Return the problems; each names its remedy. */
    public List<String> problems() {
        return problems;
    }
}
