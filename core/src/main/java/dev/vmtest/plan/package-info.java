/**
 * Says what a run consists of before anything runs: its units, what each needs, and the hash of all that its result
 * depends on.
 */
@NullMarked
package dev.vmtest.plan;

import org.jspecify.annotations.NullMarked;
