/**
 * Values that are not shown: passwords, keys and the paths that only a guest may know. Whether a text is secret is said by
 * its type, where it is read; nothing has to recognize it later.
 */
@NullMarked
package dev.vmtest.secret;

import org.jspecify.annotations.NullMarked;
