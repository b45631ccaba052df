package dev.vmtest.cli;

import dev.vmtest.testcase.TestCase;
import dev.vmtest.trial.NotJudged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Say what tests leave out of what their configurations ask for, each with its place, once. */
final class Remarks {

    /** More than one file can say. */
    static final int ALL = 200;

    /** What a reader takes in before a run, whose end says it again. */
    static final int FEW = 5;

    private Remarks() {}

    /** Return no more than so many lines, in the order of the files, and how many there are besides. */
    static List<String> of(Collection<TestCase> tests, int most) {
        List<String> all = tests.stream()
                .flatMap(test -> NotJudged.of(test).stream())
                .distinct()
                .sorted((one, other) -> one.location().compareTo(other.location()))
                .map(Object::toString)
                .toList();
        if (all.size() <= most) {
            return all;
        }
        List<String> first = new ArrayList<>(all.subList(0, most));
        first.add((all.size() - most) + " more of these are not shown");
        return first;
    }
}
