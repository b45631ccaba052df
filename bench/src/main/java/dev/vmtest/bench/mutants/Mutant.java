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
 * @param defect what is done wrong
 * @param caughtBy the names of the checks that must fail, or {@link #BOOT} alone
 */
record Mutant(String name, Location location, String base, String kind, Defect defect, List<String> caughtBy) {

    /** Say what is done wrong. */
    sealed interface Defect {

        /**
         * Change the installed system.
         *
         * @param text shell text that runs as a late command in the install environment
         */
        record Late(String text) implements Defect {}

        /**
         * Change the plan: a tool is given other words than the installer means.
         *
         * @param tool the name of the tool
         * @param words what sed does to each word; a word that becomes empty is left out
         */
        record Words(String tool, String words) implements Defect {}

        /**
         * Change what the installed system's cloud-init writes for ifupdown, before ifupdown reads it.
         *
         * @param program a sed program
         */
        record Rendered(String program) implements Defect {}
    }

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
