/**
 * Runs and supervises external commands. Nothing that it starts outlives this JVM, however the JVM ends. What the host
 * refuses is said in plain English, and trees are deleted although others change them.
 */
@NullMarked
package dev.vmtest.process;

import org.jspecify.annotations.NullMarked;
