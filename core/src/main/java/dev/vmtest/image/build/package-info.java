/**
 * Build install images of Debian releases from packages, without root.
 *
 * <p>What a build makes goes into the tree of {@link dev.vmtest.image}.
 */
@NullMarked
package dev.vmtest.image.build;

import org.jspecify.annotations.NullMarked;
