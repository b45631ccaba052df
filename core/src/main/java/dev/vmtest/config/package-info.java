/**
 * Turns YAML 1.1 files into values that know their file, line and column. Merges configuration layers and collects every problem instead of stopping at the first.
 */
@NullMarked
package dev.vmtest.config;

import org.jspecify.annotations.NullMarked;
