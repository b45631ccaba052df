package dev.vmtest.installer.builtin;

import dev.vmtest.config.Location;

/**
 * Hold a step together with what asked for it.
 *
 * @param subject the storage action or the key that the step serves, such as {@code disk 'disk-a'}
 * @param location where that stands in the YAML
 */
public record PlannedStep(Step step, String subject, Location location) {}
