package dev.vmtest.session;

import dev.vmtest.config.Problems;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.util.List;

/**
 * Hold the tests that somebody chose, with who has read them: choosing needs to know what a configuration says, and so
 * does the run, which is given what was read then.
 *
 * @param definitions the tests, in their order
 * @param problems what was found wrong so far
 * @param cases reads the configurations, for the options and the environment that the run has
 */
public record ChosenTests(List<TestDefinition> definitions, Problems problems, TestCases cases) {

    public ChosenTests {
        definitions = List.copyOf(definitions);
    }
}
