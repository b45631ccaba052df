/**
 * Know the releases that are installed and the architectures of guests, as rows of data.
 *
 * <p>Nothing here asks the host or its images.
 */
@NullMarked
package dev.vmtest.release;

import org.jspecify.annotations.NullMarked;
