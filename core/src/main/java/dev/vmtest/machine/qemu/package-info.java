/**
 * Run the machines of {@link dev.vmtest.machine} with QEMU: its arguments, its control protocol, its end.
 *
 * <p>Nobody else knows a word of its command line.
 */
@NullMarked
package dev.vmtest.machine.qemu;

import org.jspecify.annotations.NullMarked;
