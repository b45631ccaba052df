/**
 * Boots a machine that a person puts together with options: any disks and network interfaces, and a command within an
 * install environment. Reads the options of the Python harness's {@code launch} and {@code xkvm}; {@code machine} writes QEMU's
 * arguments.
 */
@NullMarked
package dev.vmtest.launch;

import org.jspecify.annotations.NullMarked;
