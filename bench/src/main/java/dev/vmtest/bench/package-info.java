/**
 * Measures the claims of the documentation, side by side in one run.
 */
@NullMarked
package dev.vmtest.bench;

import org.jspecify.annotations.NullMarked;
