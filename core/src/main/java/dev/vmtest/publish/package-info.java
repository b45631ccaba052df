/**
 * Serves published files and seeds to a guest over HTTP and receives its report events. Listens on loopback under a path that only one run knows.
 */
@NullMarked
package dev.vmtest.publish;

import org.jspecify.annotations.NullMarked;
