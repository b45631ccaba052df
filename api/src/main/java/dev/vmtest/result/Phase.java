package dev.vmtest.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.apiguardian.api.API;

/** Name a part of a test, in the order in which they happen. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public enum Phase {
    PREPARE("prepare"),
    INSTALL("install"),
    BOOT("boot"),
    COLLECT("collect"),
    SECOND_BOOT("second-boot"),
    CHECK("check");

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    /** Return the word used in results and on the terminal. */
    @JsonValue
    public String text() {
        return text;
    }

    /**
     * Return the phase with a word.
     *
     * @throws IllegalArgumentException if no phase has it
     */
    @JsonCreator
    public static Phase of(String text) {
        for (Phase phase : values()) {
            if (phase.text.equals(text)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("no phase is called '" + text + "'");
    }
}
