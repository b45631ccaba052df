package dev.vmtest.machine.qemu;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compose the value of one QEMU option: a first word and pairs of a key and a value.
 *
 * <p>It is either written for the command line, or handed to QMP, where a dotted key is a nested
 * mapping and numbers and booleans are themselves. On the command line, a comma inside a value is
 * doubled, as QEMU's {@code keyval} and {@code QemuOpts} parsers want it (qemu(1), "Block device
 * options"), so a path may hold any character.
 */
public final class QemuOption {

    private final String first;
    private final Map<String, Object> pairs = new LinkedHashMap<>();

    private QemuOption(String first) {
        this.first = first;
    }

    /** Start with a word that has no key, such as a device's or a backend's name. */
    public static QemuOption of(String first) {
        return new QemuOption(first);
    }

    /** Start with a pair. */
    public static QemuOption of(String key, Object value) {
        return new QemuOption("").with(key, value);
    }

    /**
     * Append a pair.
     *
     * @param value a text, a path, a number, a boolean ({@code on} or {@code off}), a {@link BigInteger}
     *     that people write in hexadecimal, or a list of texts
     */
    public QemuOption with(String key, Object value) {
        pairs.put(key, value);
        return this;
    }

    /** Return the option's value as one argument. */
    public String text() {
        StringBuilder text = new StringBuilder(escape(first));
        pairs.forEach((key, value) -> {
            // What stands several times is a list.
            for (Object each : value instanceof List<?> list ? list : List.of(value)) {
                text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(escape(written(each)));
            }
        });
        return text.toString();
    }

    /**
     * Return the arguments of a QMP command.
     *
     * @param firstKey QMP's name of what stands first without a key on the command line
     */
    Map<String, Object> arguments(String firstKey) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (!first.isEmpty()) {
            arguments.put(firstKey, first);
        }
        pairs.forEach((key, value) -> put(arguments, key, forQmp(value)));
        return arguments;
    }

    /** QMP has a list of texts as one of objects, each with its text (QAPI's type String). */
    private static Object forQmp(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(text -> Map.of("str", text)).toList();
        }
        return value instanceof Path path ? path.toString() : value;
    }

    @SuppressWarnings("unchecked") // only this method puts mappings there
    private static void put(Map<String, Object> arguments, String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            arguments.put(key, value);
            return;
        }
        Map<String, Object> nested = (Map<String, Object>)
                arguments.computeIfAbsent(key.substring(0, dot), unused -> new LinkedHashMap<String, Object>());
        put(nested, key.substring(dot + 1), value);
    }

    private static String written(Object value) {
        if (value instanceof Boolean isOn) {
            return isOn ? "on" : "off";
        }
        return value instanceof BigInteger number ? "0x%016x".formatted(number) : value.toString();
    }

    private static String escape(String value) {
        return value.replace(",", ",,");
    }
}
