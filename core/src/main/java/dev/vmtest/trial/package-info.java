/**
 * Take one test on one release through its phases: prepare, install, boot, collect, check.
 *
 * <p>The result says what was found and, when it isn't good, shows the evidence.
 */
@NullMarked
package dev.vmtest.trial;

import org.jspecify.annotations.NullMarked;
