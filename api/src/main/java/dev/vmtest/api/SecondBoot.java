package dev.vmtest.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Mark a parameter of type {@link dev.vmtest.facts.Facts} that wants what the installed system said in its second boot.
 * The configuration asks for that boot by {@code vmtest: {second_boot: true}}.
 *
 * <pre>{@code
 * @Test
 * void keepsItsHostKeys(Facts first, @SecondBoot Facts second) {
 *     assertThat(second.text("ssh_host_keys")).isEqualTo(first.text("ssh_host_keys"));
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface SecondBoot {}
