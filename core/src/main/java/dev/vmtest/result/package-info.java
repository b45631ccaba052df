/**
 * Hold what a run found: events as they happen, verdicts, and the evidence for them.
 *
 * <p>Reports and tools read it without the engine that made it.
 */
@NullMarked
package dev.vmtest.result;

import org.jspecify.annotations.NullMarked;
