/**
 * Remembers how tests ended on this host and how long they took. From it come the order of a run, the time that is
 * left, and what failed last time.
 */
@NullMarked
package dev.vmtest.history;

import org.jspecify.annotations.NullMarked;
