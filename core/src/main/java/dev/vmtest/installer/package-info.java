/**
 * Turns a configuration into what the install environment runs, and says how success is recognised.
 * Holds the built-in installer behind the interface that every installer under test implements.
 */
@NullMarked
package dev.vmtest.installer;

import org.jspecify.annotations.NullMarked;
