package dev.vmtest.result;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * List units: of a run that is planned, or in {@code units.json} those that a run took.
 *
 * @param vmtest the version of vmtest that wrote it
 * @param place where they ran; of a plan nowhere
 * @param whole the ids of all units of the run of which these are a part, these included
 * @param units the units
 */
@API(status = API.Status.INTERNAL)
public record UnitList(String vmtest, UnitPlace place, List<String> whole, List<Unit> units) {

    public UnitList {
        whole = List.copyOf(whole);
        units = List.copyOf(units);
    }

    /** Return the unit with an id. */
    public Optional<Unit> find(String id) {
        return units.stream().filter(unit -> unit.id().equals(id)).findFirst();
    }
}
