package dev.vmtest.config;

import java.util.List;
import java.util.stream.Collectors;

/** Carry every problem that was found in a configuration. */
public final class ConfigException extends RuntimeException {

    private final transient List<Problem> problems;

    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Return the problems ordered by their place. */
    public List<Problem> problems() {
        return problems;
    }
}
