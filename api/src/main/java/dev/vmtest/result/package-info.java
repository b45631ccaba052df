/**
 * Hold what a run found: events as they happen, verdicts, and the evidence for them.
 *
 * <p>Reports and tools read it without the engine that made it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package dev.vmtest.result;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
