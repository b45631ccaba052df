/**
 * Say what stands for each variable, option, tool and behaviour of the harness before this one, and which tests show
 * it, as a page of the documentation.
 */
@NullMarked
package dev.vmtest.bench.seeds;

import org.jspecify.annotations.NullMarked;
