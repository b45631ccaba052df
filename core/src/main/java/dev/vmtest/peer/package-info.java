/**
 * Be the other end of a test's network: what a network section asks of its neighbours, planned and then played on the
 * segments of the machine's NICs.
 */
@NullMarked
package dev.vmtest.peer;

import org.jspecify.annotations.NullMarked;
