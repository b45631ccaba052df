package dev.vmtest.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collect the problems of a configuration, so that a user sees all of them at once.
 *
 * <p>What a configuration is refused for is one thing; a warning is another, which is said and refuses nothing. A third
 * thing lies between: what only an installer that reads the file itself can know the meaning of. It is refused where the
 * built-in installer is to do it, and a warning where a curtin is ({@link #ofInstallerThatReadsTheFile()}).
 *
 * <p>Mutable and confined to one thread: one instance travels through loading and validation of one
 * set of files, and its owner calls {@link #throwIfAny()} at the end.
 */
public final class Problems {

    /** More than anybody mends at once. */
    private static final int MOST_SHOWN = 100;

    private final List<Problem> found = new ArrayList<>();
    private final boolean isLeftToInstaller;
    private final @Nullable AskedKeys asked;

    /** Collect problems of files that nobody but us reads. */
    public Problems() {
        this(false, null);
    }

    /** Collect problems, and note what keys readers ask for. */
    public Problems(AskedKeys asked) {
        this(false, asked);
    }

    private Problems(boolean isLeftToInstaller, @Nullable AskedKeys asked) {
        this.isLeftToInstaller = isLeftToInstaller;
        this.asked = asked;
    }

    /** Return an empty collection for files that the installer under test reads itself. */
    public static Problems ofInstallerThatReadsTheFile() {
        return new Problems(true, null);
    }

    /** Add a problem with its remedy. */
    public void add(Location location, String message, String remedy) {
        found.add(new Problem(location, message, remedy));
    }

    /** Add a problem whose message already says what to do. */
    public void add(Location location, String message) {
        add(location, message, "");
    }

    /** Add what refuses nothing and should be known. */
    public void warn(Location location, String message, String remedy) {
        found.add(new Problem(location, message, remedy, true));
    }

    /** Add what is a problem unless the installer under test reads the file itself; a warning then. */
    public void addUnlessLeftToInstaller(Location location, String message, String remedy) {
        found.add(new Problem(location, message, remedy, isLeftToInstaller));
    }

    /** Return whether the installer under test reads the file itself. */
    public boolean isLeftToInstaller() {
        return isLeftToInstaller;
    }

    /** Return where the keys that readers ask for are noted, if they are. */
    Optional<AskedKeys> asked() {
        return Optional.ofNullable(asked);
    }

    /** Add all problems and warnings that were found elsewhere. */
    public void addAll(Problems others) {
        found.addAll(others.found);
    }

    /** Return whether nothing was found so far that a configuration is refused for. */
    public boolean isEmpty() {
        return found.stream().allMatch(Problem::isWarning);
    }

    /** Return whether there are more than are shown, so that nobody needs to look for the remedies of further ones. */
    public boolean isPlenty() {
        return found.size() > MOST_SHOWN;
    }

    /**
     * Return what a configuration is refused for, ordered by its place, without repetitions; after the first 100 only
     * their number.
     */
    public List<Problem> all() {
        return ordered(problem -> !problem.isWarning());
    }

    /** Return what refuses nothing, ordered by its place, without repetitions. */
    public List<Problem> warnings() {
        return ordered(Problem::isWarning);
    }

    private List<Problem> ordered(Predicate<Problem> which) {
        List<Problem> ordered = found.stream()
                .filter(which)
                .distinct()
                .sorted(Comparator.comparing(Problem::location))
                .toList();
        if (ordered.size() <= MOST_SHOWN) {
            return ordered;
        }
        List<Problem> shown = new ArrayList<>(ordered.subList(0, MOST_SHOWN));
        Problem next = ordered.get(MOST_SHOWN);
        int left = ordered.size() - MOST_SHOWN;
        String kind = next.isWarning() ? "warning" : "problem";
        String counted = left == 1
                ? "one more " + kind + " is not shown"
                : left + " more " + kind + "s, from here on, are not shown";
        shown.add(new Problem(next.location(), counted, "", next.isWarning()));
        return List.copyOf(shown);
    }

    /**
     * Throw all problems at once.
     *
     * @throws ConfigException if at least one problem was added that is no warning
     */
    public void throwIfAny() {
        if (!isEmpty()) {
            throw new ConfigException(all());
        }
    }
}
