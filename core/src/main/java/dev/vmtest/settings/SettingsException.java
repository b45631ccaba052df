package dev.vmtest.settings;

import java.util.List;

/** Carry every environment variable that holds a wrong value. */
public final class SettingsException extends RuntimeException {

    private final transient List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Return the problems; each names the variable and what it accepts. */
    public List<String> problems() {
        return problems;
    }
}
