/**
 * Finds, builds, mirrors, verifies and prunes install images in a simplestreams tree. Everything that knows the layout of IMAGE_DIR is here.
 */
@NullMarked
package dev.vmtest.image;

import org.jspecify.annotations.NullMarked;
