/**
 * Run tests of the suite both ways, booted in full and resumed, and hold against each other what the installed systems
 * say of themselves.
 */
@NullMarked
package dev.vmtest.bench.ways;

import org.jspecify.annotations.NullMarked;
