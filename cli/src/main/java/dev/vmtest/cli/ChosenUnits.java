package dev.vmtest.cli;

import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.session.PlannedUnits;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Choose the tests of a run from a list of units or from the command line, and the part that is to run here. */
final class ChosenUnits {

    private final Invocation invocation;
    private final SelectionOptions selection;
    private final UnitsOption units;
    private @Nullable UnitList list;

    ChosenUnits(Invocation invocation, SelectionOptions selection, UnitsOption units) {
        this.invocation = invocation;
        this.selection = selection;
        this.units = units;
    }

    /** Return the tests, all parts of them. */
    Selection select(SessionOptions options, Map<String, String> values, Map<String, String> environment) {
        units.requireAlone(selection.narrows());
        if (!units.isGiven()) {
            return selection.select(options, values, environment);
        }
        UnitList read = units.read();
        list = read;
        List<Unit> chosen = units.chosen(read);
        requireInstaller(chosen, options, environment);
        return selection.select(read.units(), chosen, options, values, environment);
    }

    private static void requireInstaller(List<Unit> chosen, SessionOptions options, Map<String, String> environment) {
        String here = options.choice(Settings.read(environment)).name();
        List<String> others = chosen.stream()
                .filter(unit -> !unit.installer().equals(here))
                .map(unit -> unit.id() + " tests the installer " + unit.installer() + ", and this run tests " + here
                        + "; choose it with --installer, and the units of one installer with --unit")
                .toList();
        if (!others.isEmpty()) {
            throw new UsageException(others);
        }
    }

    /**
     * Leave of the tests the part that is to run here.
     *
     * @return the ids of all units of the run, other parts included
     * @throws UsageException if a unit is not here what its list says
     */
    List<String> cut(Selection selected, SessionOptions options, Map<String, String> environment) {
        String installer = options.choice(Settings.read(environment)).name();
        UnitList read = list;
        List<String> whole = read == null ? selected.ids(installer) : read.whole();
        selection.cut(selected, environment);
        if (read != null && selected.problems().isEmpty()) {
            requireSame(read, selected, options, environment);
        }
        return whole;
    }

    private void requireSame(
            UnitList read, Selection selected, SessionOptions options, Map<String, String> environment) {
        List<Unit> here = PlannedUnits.of(
                        options, invocation.surroundings().withEnvironment(environment), selected.chosen(), List.of())
                .list()
                .units();
        List<String> different = new ArrayList<>();
        for (Unit unit : here) {
            read.find(unit.id())
                    .ifPresent(there -> unit.inputs()
                            .differences(there.inputs())
                            .forEach(difference -> different.add(
                                    unit.id() + " is not what the list of units says: here it has " + difference)));
        }
        if (!different.isEmpty()) {
            throw new UsageException(different);
        }
    }
}
