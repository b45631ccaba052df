/**
 * Mirror images from streams over HTTP or from directories, with their signatures and hashes.
 *
 * <p>All that a stream says is checked before it has a place in the tree of {@link dev.vmtest.image}.
 */
@NullMarked
package dev.vmtest.image.mirror;

import org.jspecify.annotations.NullMarked;
