package dev.vmtest.cli;

import dev.vmtest.run.NotJudged;
import dev.vmtest.run.TestCase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Say what tests leave out of what their configurations ask for, each with its place, once. */
final class Remarks {

    private static final int MOST = 200;

    private Remarks() {}

    /** Return the lines, in the order of the files. */
    static List<String> of(Collection<TestCase> tests) {
        List<String> all = tests.stream()
                .flatMap(test -> NotJudged.of(test).stream())
                .distinct()
                .sorted((one, other) -> one.location().compareTo(other.location()))
                .map(Object::toString)
                .toList();
        if (all.size() <= MOST) {
            return all;
        }
        List<String> first = new ArrayList<>(all.subList(0, MOST));
        first.add((all.size() - MOST) + " more of these are not shown");
        return first;
    }
}
