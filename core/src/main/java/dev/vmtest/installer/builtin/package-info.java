/**
 * Be vmtest's own installer: plan an install of curtin's format on the host, and write it as one shell script of standard
 * tools.
 */
@NullMarked
package dev.vmtest.installer.builtin;

import org.jspecify.annotations.NullMarked;
