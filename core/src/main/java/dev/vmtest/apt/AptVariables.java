package dev.vmtest.apt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hold what the variables of sources stand for on one system: {@code $RELEASE}, {@code $MIRROR}, {@code $PRIMARY} and
 * {@code $SECURITY}, each also written like {@code ${RELEASE}}.
 *
 * @param release the release's code name
 * @param primary the mirror of its archive, which {@code $MIRROR} means, too
 * @param security the mirror of its security archive
 */
public record AptVariables(String release, String primary, String security) {

    /** The names. */
    public static final List<String> NAMES = List.of("RELEASE", "MIRROR", "PRIMARY", "SECURITY");

    /** As curtin reads them: a full stop is part of a name without braces. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_.]+)}|\\$([A-Za-z0-9_.]+)");

    /** Words for suites of a release. */
    private static final Map<String, String> SUITES = Map.of(
            "updates", "$RELEASE-updates",
            "backports", "$RELEASE-backports",
            "security", "$RELEASE-security",
            "proposed", "$RELEASE-proposed",
            "release", "$RELEASE");

    /** Hold a variable of a text that stands for nothing. */
    public record Unknown(int index, String name) {}

    /** Return the variables of a text that stand for nothing; comments are left as they are. */
    public static List<Unknown> unknown(String text) {
        List<Unknown> unknown = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            if (!NAMES.contains(name(matcher)) && !isInComment(text, matcher.start())) {
                unknown.add(new Unknown(matcher.start(), name(matcher)));
            }
        }
        return List.copyOf(unknown);
    }

    /** Return whether a text has a variable that stands for the primary or the security mirror. */
    public static boolean namesMirror(String text, boolean security) {
        return VARIABLE.matcher(text)
                .results()
                .map(AptVariables::name)
                .anyMatch(name -> security ? name.equals("SECURITY") : name.matches("MIRROR|PRIMARY"));
    }

    /** Return a text with the values in the place of its variables. */
    public String in(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("RELEASE", release);
        values.put("MIRROR", primary);
        values.put("PRIMARY", primary);
        values.put("SECURITY", security);
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(name(match), match.group())));
    }

    /** Return the suite that a word of {@code disable_suites} means. */
    public String suite(String word) {
        return in(SUITES.getOrDefault(word, word));
    }

    private static boolean isInComment(String text, int index) {
        return text.substring(text.lastIndexOf('\n', index) + 1, index)
                .stripLeading()
                .startsWith("#");
    }

    private static String name(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }
}
