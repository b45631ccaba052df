/**
 * Compose storage layouts and networks at random, each repeatable by its seed. The planner must plan all of them, and a sample of
 * them is installed every night.
 */
@NullMarked
package dev.vmtest.bench.layouts;

import org.jspecify.annotations.NullMarked;
