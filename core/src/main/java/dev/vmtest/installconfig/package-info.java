/**
 * Holds a whole install configuration as typed sections: storage, network, swap, grub, kernel,
 * commands, files and the vmtest key. What the installer plans from and what the checks are derived
 * from is this one model.
 */
@NullMarked
package dev.vmtest.installconfig;

import org.jspecify.annotations.NullMarked;
