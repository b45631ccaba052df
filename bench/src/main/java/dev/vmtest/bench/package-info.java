/**
 * Measures what the documentation claims about speed, by the product's own public parts and commands. Each claim is one
 * class; {@code make bench} runs them all and fails when a limit is missed.
 */
@NullMarked
package dev.vmtest.bench;

import org.jspecify.annotations.NullMarked;
