/**
 * Makes any text fit to be shown: on a terminal, in a page, in XML and in JSON. Whoever shows something that came from
 * outside asks here; there is no second place.
 */
@NullMarked
package dev.vmtest.text;

import org.jspecify.annotations.NullMarked;
