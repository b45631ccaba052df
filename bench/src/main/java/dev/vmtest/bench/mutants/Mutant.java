package dev.vmtest.bench.mutants;

import dev.vmtest.config.Location;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hold one defect.
 *
 * @param name what the defect is called; unique
 * @param location where it is described
 * @param base the file name of the configuration that it is seeded into
 * @param kind the kind of element that is wrong, such as {@code format}
 * @param defect shell text that runs as a late command in the install environment
 * @param caughtBy the names of the checks that must fail, or {@link #BOOT} alone
 */
record Mutant(String name, Location location, String base, String kind, String defect, List<String> caughtBy) {

    /** What stands in place of checks where the system must not even boot. */
    static final String BOOT = "boot";

    Mutant {
        caughtBy = List.copyOf(caughtBy);
    }

    /** Return whether the defect needs a machine of its own. */
    boolean isAlone() {
        return caughtBy.contains(BOOT);
    }

    /** Return the elements that the checks are about, such as {@code format data_format}. */
    Set<String> elements() {
        Set<String> elements = new TreeSet<>();
        caughtBy.forEach(check -> elements.add(check.substring(0, Math.max(0, check.indexOf(':')))));
        return elements;
    }
}
