/**
 * Runs and supervises external commands. Nothing that it starts outlives this JVM, however the JVM ends.
 */
@NullMarked
package dev.vmtest.process;

import org.jspecify.annotations.NullMarked;
