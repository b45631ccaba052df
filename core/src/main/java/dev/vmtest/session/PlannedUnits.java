package dev.vmtest.session;

import dev.vmtest.config.Problem;
import dev.vmtest.plan.Needs;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.testcase.TestCase;
import java.util.List;

/**
 * Say which units tests are on this host, without running or writing anything. An image that is not here is no obstacle:
 * the unit then depends on none.
 *
 * @param list the units
 * @param cases the tests that they are, in the same order
 * @param warnings of the configurations
 */
public record PlannedUnits(UnitList list, List<TestCase> cases, List<String> warnings) {

    public PlannedUnits {
        cases = List.copyOf(cases);
        warnings = List.copyOf(warnings);
    }

    /**
     * List units.
     *
     * @param earlier runs whose times are what is expected, the older first
     * @throws dev.vmtest.config.ConfigException with everything that is wrong with any configuration
     * @throws InfrastructureException if the installer's files cannot be read
     */
    public static PlannedUnits of(
            SessionOptions options, Surroundings surroundings, ChosenTests chosen, List<RunResults> earlier) {
        try (Host host = Host.toLookAt(options, surroundings)) {
            List<TestCase> tests = Announcements.read(host, chosen);
            List<Unit> units = host.units(
                    tests, new Needs(RunHistory.of(surroundings.environment()).expectedSeconds(tests), earlier));
            return new PlannedUnits(
                    new UnitList(
                            Session.version(),
                            UnitPlace.UNKNOWN,
                            units.stream().map(Unit::id).toList(),
                            units),
                    tests,
                    chosen.problems().warnings().stream().map(Problem::toString).toList());
        }
    }
}
