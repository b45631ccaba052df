package dev.vmtest.network;

import java.util.List;

/**
 * Describe one parameter of bonds or bridges.
 *
 * @param attribute the name of the kernel's attribute in sysfs; empty where the kernel shows none
 * @param keys how it is written, aliases last
 */
record Parameter(String attribute, ParameterShape shape, Arity arity, List<String> keys) {

    /** Say how many values it has. */
    enum Arity {
        ONE,
        /** Several, which the kernel shows with blanks between them. */
        MANY,
        /** One for each of some ports. */
        EACH_PORT
    }

    static Parameter one(String attribute, ParameterShape shape, String... keys) {
        return new Parameter(attribute, shape, Arity.ONE, List.of(keys));
    }

    static Parameter many(String attribute, ParameterShape shape, String... keys) {
        return new Parameter(attribute, shape, Arity.MANY, List.of(keys));
    }

    static Parameter eachPort(String attribute, ParameterShape shape, String... keys) {
        return new Parameter(attribute, shape, Arity.EACH_PORT, List.of(keys));
    }
}
