/**
 * Decides when each announced run happens. Keeps all runs within one budget of cores and memory.
 */
@NullMarked
package dev.vmtest.schedule;

import org.jspecify.annotations.NullMarked;
