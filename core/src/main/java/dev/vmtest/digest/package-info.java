/**
 * Tell contents apart by SHA-256, in hexadecimal digits. Bytes, texts, files and lists of texts.
 */
@NullMarked
package dev.vmtest.digest;

import org.jspecify.annotations.NullMarked;
