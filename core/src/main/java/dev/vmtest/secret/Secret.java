package dev.vmtest.secret;

import org.jspecify.annotations.Nullable;

/**
 * Hold a text that only its user may read. Whatever shows it (a message, a log, a record that holds it) shows
 * {@value #SHOWN} in its place; {@link #reveal} is the one way to the text.
 */
public final class Secret {

    /** What is shown in the place of every secret. */
    public static final String SHOWN = "(secret)";

    private final String text;
    private final String shown;

    /** Hold a text of which nothing may be shown. */
    public Secret(String text) {
        this(text, SHOWN);
    }

    private Secret(String text, String shown) {
        this.text = text;
        this.shown = shown;
    }

    /** Hold a text, or return null if there is none. */
    public static @Nullable Secret ofNullable(@Nullable String text) {
        return text == null ? null : new Secret(text);
    }

    /** Hold the address of a server, which is shown without the name and the password in it; null if there is none. */
    public static @Nullable Secret ofAddress(@Nullable String address) {
        return address == null ? null : new Secret(address, Credentials.hideIn(address));
    }

    /** Return the text, for the file with mode 0600, the process or the machine that must have it. */
    public String reveal() {
        return text;
    }

    /** Return a text with every appearance of this secret replaced; for what others wrote and may have repeated. */
    public String hideIn(String other) {
        return text.isEmpty() ? other : other.replace(text, shown);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return shown;
    }
}
