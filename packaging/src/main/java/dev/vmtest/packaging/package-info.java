/**
 * Makes the Debian package, which tools/deb puts together from what the other modules built. Its tests install the
 * package and use what a user gets.
 */
@NullMarked
package dev.vmtest.packaging;

import org.jspecify.annotations.NullMarked;
