/**
 * Turns the files that an installed system collected into typed facts. Everything read here came from a guest and is untrusted.
 */
@NullMarked
package dev.vmtest.facts;

import org.jspecify.annotations.NullMarked;
