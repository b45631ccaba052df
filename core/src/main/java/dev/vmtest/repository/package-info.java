/**
 * Makes a signed repository of Debian packages in memory, without a tool of the host: a run serves it to its guests, so
 * that what they install comes from nowhere else.
 */
@NullMarked
package dev.vmtest.repository;

import org.jspecify.annotations.NullMarked;
