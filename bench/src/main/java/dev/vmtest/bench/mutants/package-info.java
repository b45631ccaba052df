/**
 * Asks whether the checks catch bugs: seeds known defects into systems that are really installed, and holds each against
 * what the run then says. {@code tools/mutants} starts it.
 */
@NullMarked
package dev.vmtest.bench.mutants;

import org.jspecify.annotations.NullMarked;
