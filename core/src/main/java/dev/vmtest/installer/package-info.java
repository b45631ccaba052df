/**
 * Turns configuration layers into what the install environment runs, and says how success is recognised. Holds the built-in installer and the external curtin.
 */
@NullMarked
package dev.vmtest.installer;

import org.jspecify.annotations.NullMarked;
