package dev.vmtest.config;

/**
 * Hold one YAML value together with the place it was read from.
 *
 * <p>Scalars are resolved by YAML 1.1 as PyYAML does it, because that is how curtin and cloud-init
 * read the same file: {@code yes}, {@code off}, {@code 0644} and {@code 12:30} are a boolean, a
 * boolean, 420 and 750.
 */
public sealed interface Value permits MapValue, ListValue, ScalarValue {

    /** Return where the value begins. */
    Location location();

    /** Name the kind of this value in the words of a message: "a mapping", "a list", "a string". */
    String describe();
}
