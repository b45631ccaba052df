/**
 * Save machines that are ready to install, and find those that are saved.
 *
 * <p>A snapshot is valid for exactly the machine, image, emulator and processor that it was made with.
 */
@NullMarked
package dev.vmtest.machine.snapshot;

import org.jspecify.annotations.NullMarked;
