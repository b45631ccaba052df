package dev.vmtest.config;

/**
 * Hold a value together with the place it was read from.
 *
 * @param location where the value stands
 */
public record Placed<T>(Location location, T value) {}
