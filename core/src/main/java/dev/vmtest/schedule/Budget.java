package dev.vmtest.schedule;

/**
 * Hold how much of a host the tests of a run may use together.
 *
 * @param tests how many may run at a time, at least 1
 * @param cores how many virtual CPUs their machines may have
 * @param memory how much memory their machines may take on the host, in MiB
 */
public record Budget(int tests, int cores, long memory) {

    /** Bound only the number of tests. */
    public static Budget ofTests(int tests) {
        return new Budget(tests, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * Hold what one test needs of it.
     *
     * @param cores virtual CPUs
     * @param memory MiB on the host
     */
    public record Demand(int cores, long memory) {

        /** Need nothing but a place. */
        public static final Demand NONE = new Demand(0, 0);
    }

    /** Return what is left when a test takes its share; negative where it does not fit. */
    Budget less(Demand demand) {
        return new Budget(tests - 1, cores - demand.cores(), memory - demand.memory());
    }

    /** Return what there is when a test gives its share back. */
    Budget plus(Demand demand) {
        return new Budget(tests + 1, cores + demand.cores(), memory + demand.memory());
    }

    boolean isExceeded() {
        return tests < 0 || cores < 0 || memory < 0;
    }
}
