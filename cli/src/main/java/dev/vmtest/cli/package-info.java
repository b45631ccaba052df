/**
 * Offers everything as the command vmtest. The only package that writes to standard output.
 */
@NullMarked
package dev.vmtest.cli;

import org.jspecify.annotations.NullMarked;
