/**
 * Be a curtin of the user's: ask it for its version and its sub-commands, and let it pack itself.
 */
@NullMarked
package dev.vmtest.installer.curtin;

import org.jspecify.annotations.NullMarked;
