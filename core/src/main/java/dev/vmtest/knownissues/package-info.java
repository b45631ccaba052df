/**
 * Reads the failures that are known: which test, what its evidence says, where it is written down,
 * and until when it is excused. Says which of them concern a test, and judges nothing itself.
 */
@NullMarked
package dev.vmtest.knownissues;

import org.jspecify.annotations.NullMarked;
