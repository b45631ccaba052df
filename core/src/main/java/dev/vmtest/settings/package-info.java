/**
 * Reads the environment variables that affect vmtest, from one table of name, type, default and
 * meaning. Nothing else in the project reads the environment.
 */
@NullMarked
package dev.vmtest.settings;

import org.jspecify.annotations.NullMarked;
