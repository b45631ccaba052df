/**
 * Describes a virtual machine as data, makes QEMU's arguments from it and runs it. Watches its console and says how it ended.
 */
@NullMarked
package dev.vmtest.machine;

import org.jspecify.annotations.NullMarked;
