/**
 * Models network configuration, versions 1 and 2, as records. Says which network interfaces the described machine has.
 */
@NullMarked
package dev.vmtest.network;

import org.jspecify.annotations.NullMarked;
