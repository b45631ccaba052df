package dev.vmtest.plan;

import dev.vmtest.result.Unit;
import dev.vmtest.testcase.TestCase;
import java.util.List;

/**
 * Make units of tests.
 *
 * @param inputs knows what each depends on
 * @param needs knows what each needs
 */
public record Units(InputHash inputs, Needs needs) {

    /** Return the units of tests, in their order. */
    public List<Unit> of(List<TestCase> tests) {
        return tests.stream().map(this::of).toList();
    }

    /** Return the id of the unit that a test is. */
    public static String id(TestCase test) {
        return Unit.id(test.name(), test.release(), test.installerName());
    }

    private Unit of(TestCase test) {
        return new Unit(
                id(test),
                test.name(),
                test.release(),
                test.installerName(),
                word(test),
                needs.of(test),
                inputs.of(test));
    }

    /** A class of the suite is known by its simple name, another one by its whole. */
    private static String word(TestCase test) {
        return test.definition().isOfSuite() ? test.name() : test.definition().origin();
    }
}
