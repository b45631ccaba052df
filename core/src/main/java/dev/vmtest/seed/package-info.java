/**
 * Writes cloud-init's input: user-data and meta-data documents. Offers them as a NoCloud seed over HTTP and as a cidata disk.
 */
@NullMarked
package dev.vmtest.seed;

import org.jspecify.annotations.NullMarked;
