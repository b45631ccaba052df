/**
 * Says what a run tested, with which inputs and with what result, in the form of in-toto, and holds such a record against
 * the files that it speaks of.
 */
@NullMarked
package dev.vmtest.attestation;

import org.jspecify.annotations.NullMarked;
