/**
 * Turns the files that an installed system collected into typed facts. Everything read here came from a guest and is untrusted.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package dev.vmtest.facts;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
