package dev.vmtest.machine;

/**
 * Hold what one speaker said in one go, without the kernel's stamp. Where the kernel talked into a program's line, this
 * is the line without it, put together again.
 *
 * @param speaker who said it
 * @param text what was said; a program's begins with its name, such as {@code cloud-init[412]: Traceback}
 * @param number the number of the console's line in which it began
 */
public record Utterance(Speaker speaker, String text, long number) {}
