package dev.vmtest.report;

import dev.vmtest.result.RunResults;
import java.util.List;

/** Remember where tests passed, for a report that says what is different since then. */
@FunctionalInterface
public interface RememberedPasses {

    /** Nothing is remembered. */
    RememberedPasses NONE = results -> List.of();

    /** Return where each of a run's tests last passed before the run began; those of which nothing is known are missing. */
    List<PassPlace> before(RunResults results);
}
