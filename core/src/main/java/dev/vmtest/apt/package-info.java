/**
 * Models the apt section as records: mirrors, sources, keys, preferences, answers for debconf. Says what apt's own files
 * must hold for it, and reads those files.
 */
@NullMarked
package dev.vmtest.apt;

import org.jspecify.annotations.NullMarked;
