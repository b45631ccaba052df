package dev.vmtest.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hold what a command line wants of a run beside its tests, of which not everything goes together.
 *
 * @param interactive somebody sits before the machine's console
 * @param vnc where the machine's screen is served, or null
 * @param reuses only checks are run, on kept data
 * @param repeat how many times everything is run
 * @param records a record of the run is kept
 * @param hasEngine the tests run on other hosts
 * @param leavesOutUnchanged what has passed before is not run
 */
record RunWishes(
        boolean interactive,
        @Nullable String vnc,
        boolean reuses,
        int repeat,
        boolean records,
        boolean hasEngine,
        boolean leavesOutUnchanged) {

    /** An address without a host would be open to everybody. */
    private static final Pattern SCREEN = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,4}");

    private boolean isAttended() {
        return interactive || vnc != null;
    }

    /**
     * Make sure that all can be had.
     *
     * @throws UsageException with everything that cannot
     */
    void require() {
        List<String> wrong = new ArrayList<>();
        if (vnc != null && !SCREEN.matcher(vnc).matches()) {
            wrong.add("--vnc '" + vnc + "' is no address; write it as HOST:DISPLAY, such as 127.0.0.1:1");
        }
        if (repeat < 1 || repeat > Repetitions.MOST) {
            wrong.add("--repeat " + repeat + " is no number of times; write 1 to " + Repetitions.MOST);
        }
        if (repeat > 1 && records) {
            wrong.add("--record keeps the results of one run, and --repeat makes several; leave out one of both");
        }
        if (repeat > 1 && reuses) {
            wrong.add("--reuse holds the checks on kept data, which say the same each time; leave out one of both");
        }
        if (reuses && isAttended()) {
            wrong.add("--reuse starts no machine that could be attended; leave out one of both");
        }
        // Nobody sits before a machine of another host, and what is kept is checked where it is.
        if (hasEngine && (isAttended() || reuses || repeat > 1)) {
            wrong.add("--engine runs tests on other hosts, where --interactive, --vnc, --reuse and --repeat"
                    + " mean nothing; leave them out");
        }
        // What is run again on purpose, or looked at, is not left out for an earlier pass.
        if (leavesOutUnchanged && (repeat > 1 || reuses || isAttended())) {
            wrong.add("--changed (CURTIN_VMTEST_CHANGED) does not run what has passed before, and"
                    + " --repeat, --reuse, --interactive and --vnc want it run or looked at; leave out one of both");
        }
        if (!wrong.isEmpty()) {
            throw new UsageException(wrong);
        }
    }
}
