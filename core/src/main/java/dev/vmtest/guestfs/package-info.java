/**
 * Opens disk images for a person who looks for what went wrong: a command with an image's file systems mounted, a user
 * added to an installed system. It is done by libguestfs, which needs no root and lets no guest's file system near the
 * host's kernel.
 */
@NullMarked
package dev.vmtest.guestfs;

import org.jspecify.annotations.NullMarked;
