package dev.vmtest.image;

import dev.vmtest.text.MistakeException;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Accept or refuse an item of a stream by one of its fields: {@code key op value}, as simplestreams writes it. */
public final class ImageFilter {

    private static final Pattern FORM = Pattern.compile("\\s*([^\\s=!~]+)\\s*(=|!=|~|!~)\\s*(.*?)\\s*", Pattern.DOTALL);

    private final String text;
    private final String key;
    private final Pattern pattern;
    private final boolean whole;
    private final boolean wanted;

    private ImageFilter(String text, String key, Pattern pattern, boolean whole, boolean wanted) {
        this.text = text;
        this.key = key;
        this.pattern = pattern;
        this.whole = whole;
        this.wanted = wanted;
    }

    /** Say whether a word is meant as a filter. */
    public static boolean isFilter(String word) {
        return FORM.matcher(word).matches();
    }

    /**
     * Read a filter. {@code =} and {@code !=} compare the whole value, {@code ~} and {@code !~} search it for a regular
     * expression.
     *
     * @throws MistakeException if the text is none
     */
    public static ImageFilter parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new MistakeException("'" + text + "' is no filter; write KEY=VALUE, KEY!=VALUE, KEY~REGEX"
                    + " or KEY!~REGEX, such as 'release=jammy'");
        }
        String operator = parts.group(2);
        String value = parts.group(3);
        boolean whole = operator.endsWith("=");
        try {
            return new ImageFilter(
                    text,
                    parts.group(1),
                    whole ? Pattern.compile(value, Pattern.LITERAL) : Pattern.compile(value),
                    whole,
                    !operator.startsWith("!"));
        } catch (PatternSyntaxException wrong) {
            throw new MistakeException(
                    "the filter '" + text + "' has a wrong regular expression: " + wrong.getDescription(), wrong);
        }
    }

    /** Return the field that is looked at. */
    String key() {
        return key;
    }

    /** Return the whole value that is compared; empty if the field is searched instead. */
    Optional<String> value() {
        return whole ? Optional.of(pattern.pattern()) : Optional.empty();
    }

    /**
     * Return a filter that accepts the items of any of some releases.
     *
     * @param releases code names, at least one
     */
    public static ImageFilter ofReleases(Collection<String> releases) {
        return parse("release~" + releases.stream().map(Pattern::quote).collect(Collectors.joining("|", "^(", ")$")));
    }

    /** Say whether an item passes; a field that it does not have counts as empty. */
    public boolean accepts(StreamItem item) {
        Matcher matcher = pattern.matcher(item.text(key));
        return (whole ? matcher.matches() : matcher.find()) == wanted;
    }

    @Override
    public String toString() {
        return text;
    }
}
