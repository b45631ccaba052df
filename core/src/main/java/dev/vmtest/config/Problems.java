package dev.vmtest.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Collect the problems of a configuration, so that a user sees all of them at once.
 *
 * <p>Mutable and confined to one thread: one instance travels through loading and validation of one
 * set of files, and its owner calls {@link #throwIfAny()} at the end.
 */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** Add a problem with its remedy. */
    public void add(Location location, String message, String remedy) {
        found.add(new Problem(location, message, remedy));
    }

    /** Add a problem whose message already says what to do. */
    public void add(Location location, String message) {
        add(location, message, "");
    }

    /** Add all problems that were found elsewhere. */
    public void addAll(Problems others) {
        found.addAll(others.found);
    }

    /** Return whether nothing was found so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Return the problems ordered by their place, without repetitions. */
    public List<Problem> all() {
        return found.stream()
                .distinct()
                .sorted((left, right) -> left.location().compareTo(right.location()))
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Throw all problems at once.
     *
     * @throws ConfigException if at least one problem was added
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(all());
        }
    }
}
