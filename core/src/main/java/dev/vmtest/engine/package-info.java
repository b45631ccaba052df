/**
 * Spreads one run over many hosts: hands its units to whatever starts them there, follows them, and merges their results
 * into one, proving that each unit ran exactly once.
 */
@NullMarked
package dev.vmtest.engine;

import org.jspecify.annotations.NullMarked;
