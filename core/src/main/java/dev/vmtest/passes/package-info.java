/**
 * Keeps what has passed under the hash of all that it depends on, in a directory that machines can share. What is there
 * was written by strangers: it is bounded and held against what was asked before it is believed.
 */
@NullMarked
package dev.vmtest.passes;

import org.jspecify.annotations.NullMarked;
