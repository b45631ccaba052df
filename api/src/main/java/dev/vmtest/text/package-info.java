/**
 * Makes any text fit to be shown: on a terminal, in a page, in XML and in JSON. Whoever shows something that came from
 * outside asks here; there is no second place.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package dev.vmtest.text;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
