package dev.vmtest.cli;

import java.util.List;

/** Say everything that is wrong with a command line. */
final class UsageException extends RuntimeException {

    private final transient List<String> problems;

    UsageException(String problem) {
        this(List.of(problem));
    }

    UsageException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Return the problems; each names its remedy. */
    List<String> problems() {
        return problems;
    }
}
