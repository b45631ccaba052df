/**
 * Derives expectations from a configuration and holds them against collected facts. Every check is named after the element that asked for it and carries its place in the YAML.
 */
@NullMarked
package dev.vmtest.check;

import org.jspecify.annotations.NullMarked;
