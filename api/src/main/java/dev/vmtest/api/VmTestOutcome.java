package dev.vmtest.api;

import dev.vmtest.facts.Facts;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Say what a test on one release found out before its author's own methods are heard. A method gets it by asking for a
 * parameter of this type, after an install that is meant to fail too.
 */
public interface VmTestOutcome {

    /** Return the name of the test. */
    String test();

    /** Return the release that was installed. */
    String release();

    /** Return the test's directory, with its logs and with what was collected. */
    Path directory();

    /** Return {@link Verdict#PASSED} when every phase and every derived check is good. */
    Verdict verdict();

    /** Return why it is not passed. */
    Evidence evidence();

    /** Return the phases that ran, in order. */
    List<PhaseResult> phases();

    /** Return the checks that follow from the configuration, in the order in which they were held. */
    List<CheckRecord> checks();

    /** Return what decided nothing but should be known. */
    List<String> warnings();

    /** Return what the installed system said in its first boot, or nothing when it did not get that far. */
    Optional<Facts> facts();
}
