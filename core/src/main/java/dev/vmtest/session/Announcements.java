package dev.vmtest.session;

import dev.vmtest.config.Problems;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.text.MistakeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Know which tests a run was told of, each name once. */
final class Announcements {

    private final Map<String, List<TestCase>> announced = new LinkedHashMap<>();

    /**
     * Return the cases of tests that are only looked at.
     *
     * @throws dev.vmtest.config.ConfigException with everything that is wrong with any of them
     */
    static List<TestCase> read(Host host, ChosenTests chosen) {
        Problems problems = chosen.problems();
        List<TestCase> tests = new Announcements()
                .read(chosen.definitions(), host.testCases(chosen.cases()), problems).values().stream()
                        .flatMap(List::stream)
                        .toList();
        problems.throwIfAny();
        return tests;
    }

    /**
     * Return the cases of tests by their names, as they were before where a name is known; nothing is announced yet.
     *
     * @param testCases reads the others
     * @param problems what is wrong with any of them
     * @throws MistakeException if two tests have one name
     */
    Map<String, List<TestCase>> read(List<TestDefinition> definitions, TestCases testCases, Problems problems) {
        Map<String, List<TestCase>> found = new LinkedHashMap<>();
        for (TestDefinition definition : definitions) {
            List<TestCase> before = announced.get(definition.name());
            List<TestCase> cases = before == null ? testCases.of(definition, definition.releases(), problems) : before;
            requireSameOrigin(definition, cases);
            requireSameOrigin(definition, found.getOrDefault(definition.name(), List.of()));
            found.put(definition.name(), cases);
        }
        return found;
    }

    private static void requireSameOrigin(TestDefinition definition, List<TestCase> others) {
        for (TestCase other : others) {
            if (!other.definition().origin().equals(definition.origin())) {
                throw new MistakeException("two tests are called " + definition.name() + ": "
                        + other.definition().origin() + " and " + definition.origin() + "; rename one of them");
            }
        }
    }

    /** Add tests and return whether some was not known yet: who asks for a test of the run announces it again. */
    boolean add(Map<String, List<TestCase>> cases) {
        boolean isNew = !announced.keySet().containsAll(cases.keySet());
        announced.putAll(cases);
        return isNew;
    }

    /** Return every case that was announced. */
    List<TestCase> all() {
        return announced.values().stream().flatMap(List::stream).toList();
    }
}
