/**
 * Make files where others may have been first: a file is new or it is not made, no link is followed, and what may hold a
 * secret is for its owner only.
 */
@NullMarked
package dev.vmtest.files;

import org.jspecify.annotations.NullMarked;
