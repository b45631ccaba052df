/**
 * Unpacks tar archives, sparse files included. Treats every archive as hostile: no entry leaves the destination directory and nothing is unbounded.
 */
@NullMarked
package dev.vmtest.archive;

import org.jspecify.annotations.NullMarked;
