package dev.vmtest.peer;

import dev.vmtest.config.Location;

/**
 * Say what of a configuration has no other end, and why.
 *
 * @param subject what it is
 */
public record Unreached(Location location, String subject, String reason) {}
