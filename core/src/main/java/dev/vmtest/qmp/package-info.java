/**
 * Speaks QEMU's machine protocol (QMP) over a unix socket. Correlates replies by id and hands on events as they arrive.
 */
@NullMarked
package dev.vmtest.qmp;

import org.jspecify.annotations.NullMarked;
