/**
 * Takes one test through its phases in one workspace: prepare, install, boot, collect, check, keep. Ends in a verdict with evidence and tells everything it does as typed events.
 */
@NullMarked
package dev.vmtest.run;

import org.jspecify.annotations.NullMarked;
