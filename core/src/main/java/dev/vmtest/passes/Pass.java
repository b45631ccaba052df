package dev.vmtest.passes;

import dev.vmtest.result.Proof;
import dev.vmtest.result.UnitPlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Record that a unit passed: one file of the store.
 *
 * @param format the form of the file, {@link #FORMAT}
 * @param unit the id of the unit
 * @param vmtest the version of vmtest
 * @param place the QEMU and the processor; with others the same inputs are another question
 * @param proof when, where and in which run it passed, and the hash of its inputs
 */
public record Pass(int format, String unit, String vmtest, UnitPlace place, Proof proof) {

    /** The form that this version writes; another one is passed over. */
    static final int FORMAT = 1;

    /** Longer words are in no file that vmtest wrote. */
    private static final int LONGEST = 4096;

    public Pass(String unit, String vmtest, UnitPlace place, Proof proof) {
        this(FORMAT, unit, vmtest, place, proof);
    }

    /** Return whether it answers what is asked: the same unit with the same inputs at the same place. */
    boolean answers(String askedUnit, String key, UnitPlace asked) {
        return format == FORMAT && unit.equals(askedUnit) && proof.key().equals(key) && place.equals(asked);
    }

    /** Return whether a stranger's file is well-formed enough to be quoted. */
    boolean isWhole() {
        return moment().isPresent()
                && Stream.of(unit, vmtest, proof.at(), proof.run(), proof.directory(), proof.host())
                        .allMatch(word -> word.length() <= LONGEST);
    }

    /** Return when it passed; empty if it does not say so. */
    Optional<Instant> moment() {
        try {
            return Optional.of(Instant.parse(proof.at()));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
