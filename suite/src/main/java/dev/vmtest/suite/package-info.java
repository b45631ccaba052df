/**
 * Holds vmtest's own tests: one class for each configuration in examples/tests that needs more than its derived checks.
 */
@NullMarked
package dev.vmtest.suite;

import org.jspecify.annotations.NullMarked;
