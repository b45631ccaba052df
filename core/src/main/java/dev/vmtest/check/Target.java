package dev.vmtest.check;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;

/**
 * Say what the machine and the release add to the expectations of a configuration.
 *
 * @param bootMode how the machine starts
 * @param distribution the family of the installed system
 */
public record Target(BootMode bootMode, Distribution distribution) {}
