package dev.vmtest.machine;

/**
 * Compose the value of one QEMU option: a first word and {@code key=value} pairs, separated by commas.
 *
 * <p>A comma inside a value is doubled, as QEMU's {@code keyval} and {@code QemuOpts} parsers want
 * it (qemu(1), "Block device options"), so a path may hold any character.
 */
final class QemuOption {

    private final StringBuilder text;

    private QemuOption(String first) {
        this.text = new StringBuilder(first);
    }

    /** Start with a word that has no key, such as a device's or a backend's name. */
    static QemuOption of(String first) {
        return new QemuOption(escape(first));
    }

    /** Start with a pair. */
    static QemuOption of(String key, Object value) {
        return new QemuOption(key + "=" + escape(value.toString()));
    }

    /** Append a pair. */
    QemuOption with(String key, Object value) {
        text.append(',').append(key).append('=').append(escape(value.toString()));
        return this;
    }

    /** Return the option's value as one argument. */
    String text() {
        return text.toString();
    }

    private static String escape(String value) {
        return value.replace(",", ",,");
    }
}
