/**
 * Models curtin's storage configuration as records. Validates references, sizes and types, and reports each problem at its place in the YAML.
 */
@NullMarked
package dev.vmtest.storage;

import org.jspecify.annotations.NullMarked;
