/**
 * Creates the image files behind a machine's disks. Keeps them sparse when they are created, copied or packed.
 */
@NullMarked
package dev.vmtest.disk;

import org.jspecify.annotations.NullMarked;
