package dev.vmtest.check;

import java.util.List;

/**
 * Match the path of a key in a configuration.
 *
 * @param steps keys from the top, in which {@code *} stands for anything
 */
record KeyPattern(List<String> steps) {

    static KeyPattern of(String path) {
        return new KeyPattern(List.of(path.split("\\.", -1)));
    }

    /** Return whether this names just that key. */
    boolean isAt(List<String> path) {
        return steps.size() == path.size() && agrees(path, path.size());
    }

    /** Return whether this names that key or one that it is in. */
    boolean isAtOrAbove(List<String> path) {
        return steps.size() <= path.size() && agrees(path, steps.size());
    }

    /** Return whether this names a key that is below that one. */
    boolean isBelow(List<String> path) {
        return steps.size() > path.size() && agrees(path, path.size());
    }

    /** Return how closely this names a key: deeper ones first, then those with fewer wildcards. */
    int closeness() {
        long literal = steps.stream().filter(step -> !step.contains("*")).count();
        return steps.size() * 100 + (int) literal;
    }

    private boolean agrees(List<String> path, int length) {
        for (int index = 0; index < length; index++) {
            if (!agrees(steps.get(index), path.get(index))) {
                return false;
            }
        }
        return true;
    }

    private static boolean agrees(String step, String key) {
        String wanted = step.replace('-', '_');
        String given = key.replace('-', '_');
        return wanted.startsWith("*") ? given.endsWith(wanted.substring(1)) : wanted.equals(given);
    }
}
