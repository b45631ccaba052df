package dev.vmtest.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Read the text of an environment variable as a value.
 *
 * @param name the type in one word, for tables
 * @param accepts what a value may be, as the end of "it accepts …"
 * @param emptyCounts whether an empty text is a value; otherwise it is as if the variable were not set
 * @param parser turns a text into a value, or throws {@link IllegalArgumentException}
 */
public record SettingType<T>(String name, String accepts, boolean emptyCounts, Parser<T> parser) {

    /** Turn a text into a value. */
    @FunctionalInterface
    public interface Parser<T> {

        /**
         * Return the value of a text.
         *
         * @throws IllegalArgumentException if the text is none
         */
        T parse(String text);
    }

    /** Any text; empty is as if not set. */
    public static final SettingType<String> TEXT = new SettingType<>("text", "any text", false, text -> text);

    /** Any text; an empty one counts. */
    public static final SettingType<String> TEXT_OR_EMPTY =
            new SettingType<>("text", "any text; empty means none", true, text -> text);

    /** A boolean by the Python harness's rule: everything is true but {@code false} in any case, {@code 0} and an empty text. */
    public static final SettingType<Boolean> BOOLEAN = new SettingType<>(
            "boolean",
            "true, or one of: false, 0, empty",
            true,
            text -> !(text.isEmpty()
                    || text.equals("0")
                    || text.toLowerCase(Locale.ROOT).equals("false")));

    /** The path of a file or directory. */
    public static final SettingType<Path> PATH = new SettingType<>("path", "a path", false, SettingType::path);

    /** A list of words separated by commas or white space. */
    public static final SettingType<List<String>> LIST =
            new SettingType<>("list", "words separated by commas or spaces", true, SettingType::words);

    /** A list separated by commas alone: its items may hold spaces, as apt sources do. */
    public static final SettingType<List<String>> COMMA_LIST =
            new SettingType<>("list", "items separated by commas", true, SettingType::items);

    /** An http or https URL. */
    public static final SettingType<URI> URL =
            new SettingType<>("URL", "an http, https or file URL", false, SettingType::url);

    /** What to keep of a test's directory. */
    public static final SettingType<Set<KeptData>> KEPT_DATA = new SettingType<>(
            "list",
            "none, all, or a comma separated list of: boot, collect, disks, install, logs",
            true,
            SettingType::keptData);

    /** Whether to upgrade the installed system. */
    public static final SettingType<SystemUpgrade> SYSTEM_UPGRADE = new SettingType<>(
            "choice", "auto, a true value, or one of: false, 0, empty", true, SettingType::systemUpgrade);

    /** {@code HOST:PORT}, or {@code [ADDRESS]:PORT} for IPv6. */
    public static final SettingType<String> PORTAL =
            new SettingType<>("portal", "HOST:PORT, or [ADDRESS]:PORT for IPv6", false, SettingType::portal);

    /** One of some words, in any case. */
    public static SettingType<String> word(String... words) {
        return new SettingType<>("choice", "one of: " + String.join(", ", words), false, text -> {
            String word = text.toLowerCase(Locale.ROOT);
            if (!List.of(words).contains(word)) {
                throw new IllegalArgumentException(text);
            }
            return word;
        });
    }

    /** A whole number between two bounds. */
    public static SettingType<Integer> integer(int least, int most) {
        String range = most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
        return new SettingType<>("integer", "a whole number " + range, false, text -> {
            int number = Integer.parseInt(text.strip());
            if (number < least || number > most) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(text, invalid);
        }
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            boolean known =
                    url.getScheme() != null && List.of("http", "https", "file").contains(url.getScheme());
            if (!known) {
                throw new IllegalArgumentException(text);
            }
            return url;
        } catch (URISyntaxException invalid) {
            throw new IllegalArgumentException(text, invalid);
        }
    }

    private static List<String> words(String text) {
        return split(text, "[,\\s]+");
    }

    private static List<String> items(String text) {
        return split(text, ",");
    }

    private static List<String> split(String text, String separator) {
        List<String> found = new ArrayList<>();
        for (String part : text.split(separator, -1)) {
            if (!part.isBlank()) {
                found.add(part.strip());
            }
        }
        return List.copyOf(found);
    }

    private static Set<KeptData> keptData(String text) {
        Set<KeptData> kept = EnumSet.noneOf(KeptData.class);
        for (String word : items(text)) {
            switch (word) {
                case "none" -> kept.clear();
                case "all" -> kept.addAll(EnumSet.allOf(KeptData.class));
                default -> kept.add(KeptData.of(word));
            }
        }
        return Set.copyOf(kept);
    }

    private static SystemUpgrade systemUpgrade(String text) {
        if (text.equals("auto")) {
            return SystemUpgrade.AUTO;
        }
        return BOOLEAN.parser().parse(text) ? SystemUpgrade.YES : SystemUpgrade.NO;
    }

    private static String portal(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean address = host.startsWith("[") && host.endsWith("]") && host.length() > 4;
        int port = colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65535 || host.isEmpty() || (host.contains(":") && !address)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
