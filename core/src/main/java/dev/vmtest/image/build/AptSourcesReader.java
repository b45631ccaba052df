package dev.vmtest.image.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Read sources.list(5): the one-line format of {@code *.list} and the deb822 format of {@code *.sources}. */
final class AptSourcesReader {

    private static final Pattern ONE_LINE = Pattern.compile("deb\\s+(?:\\[(?<options>[^]]*)]\\s*)?(?<rest>\\S.*)");
    private static final List<String> KEPT_OPTIONS =
            List.of("trusted", "check-valid-until", "allow-insecure", "allow-weak");

    private AptSourcesReader() {}

    static List<AptSource> oneLine(String text) {
        List<AptSource> sources = new ArrayList<>();
        for (String raw : text.lines().toList()) {
            Matcher matcher = ONE_LINE.matcher(raw.replaceFirst("#.*", "").strip());
            if (!matcher.matches()) {
                continue;
            }
            Map<String, String> options = new LinkedHashMap<>();
            String inBrackets = matcher.group("options");
            for (String option :
                    inBrackets == null ? new String[0] : inBrackets.strip().split("\\s+")) {
                int equals = option.indexOf('=');
                if (equals > 0) {
                    options.put(option.substring(0, equals).toLowerCase(Locale.ROOT), option.substring(equals + 1));
                }
            }
            List<String> words = List.of(matcher.group("rest").split("\\s+"));
            // Without a component it is a flat repository, which no Debian mirror is.
            if (words.size() >= 3) {
                sources.add(source(words.get(0), words.get(1), words.subList(2, words.size()), options));
            }
        }
        return sources;
    }

    static List<AptSource> deb822(String text) {
        List<AptSource> sources = new ArrayList<>();
        for (Map<String, String> stanza : stanzas(text)) {
            List<String> types = words(stanza.getOrDefault("types", ""));
            String enabled = stanza.getOrDefault("enabled", "yes").strip().toLowerCase(Locale.ROOT);
            List<String> components = words(stanza.getOrDefault("components", ""));
            if (!types.contains("deb") || List.of("no", "false", "0", "off").contains(enabled)) {
                continue;
            }
            for (String uri : words(stanza.getOrDefault("uris", ""))) {
                for (String suite : words(stanza.getOrDefault("suites", ""))) {
                    if (!components.isEmpty()) {
                        sources.add(source(uri, suite, components, stanza));
                    }
                }
            }
        }
        return sources;
    }

    private static AptSource source(String uri, String suite, List<String> components, Map<String, String> fields) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String option : KEPT_OPTIONS) {
            String value = fields.get(option);
            if (value != null) {
                kept.put(option, value.strip());
            }
        }
        String signedBy = fields.get("signed-by");
        if (signedBy != null) {
            signedBy = signedBy.contains("BEGIN PGP")
                    ? signedBy.strip()
                    : String.join(",", List.of(signedBy.strip().split("[\\s,]+")));
        }
        return new AptSource(uri.replaceFirst("/+$", ""), suite, components, signedBy, kept);
    }

    private static List<String> words(String value) {
        String stripped = value.strip();
        return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
    }

    /** Split into stanzas of fields with lower-case names; a line of an embedded key that is "." stands for a blank one. */
    private static List<Map<String, String>> stanzas(String text) {
        List<Map<String, String>> stanzas = new ArrayList<>();
        Map<String, String> stanza = new LinkedHashMap<>();
        String field = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            if (line.isBlank()) {
                if (!stanza.isEmpty()) {
                    stanzas.add(stanza);
                    stanza = new LinkedHashMap<>();
                }
            } else if (Character.isWhitespace(line.charAt(0))) {
                String more = line.strip();
                stanza.merge(field, more.equals(".") ? "" : more, (before, after) -> before + "\n" + after);
            } else if (line.indexOf(':') > 0) {
                field = line.substring(0, line.indexOf(':')).strip().toLowerCase(Locale.ROOT);
                stanza.put(field, line.substring(line.indexOf(':') + 1).strip());
            }
        }
        if (!stanza.isEmpty()) {
            stanzas.add(stanza);
        }
        return stanzas;
    }
}
