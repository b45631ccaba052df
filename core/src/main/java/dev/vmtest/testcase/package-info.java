/**
 * Put a test together before it runs: its layers of configuration, machine, release and installer, as data.
 *
 * <p>Nothing is started or written here.
 */
@NullMarked
package dev.vmtest.testcase;

import org.jspecify.annotations.NullMarked;
