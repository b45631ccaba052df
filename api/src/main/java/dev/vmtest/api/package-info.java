/**
 * What a test author writes against: the annotation of a test class, and what its methods may ask for. Who runs the
 * class is found when it runs, in {@code vmtest-junit}.
 *
 * <p>{@link org.apiguardian.api.API} marks how stable a type is, on the type or else on its package: {@code MAINTAINED}
 * does not change before the next minor version, {@code EXPERIMENTAL} may, {@code INTERNAL} is for vmtest alone.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
@NullMarked
package dev.vmtest.api;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
