package dev.vmtest.cli;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Choose tests by an attribute, as the Python harness's filter does: the expression must match from the
 * attribute's beginning.
 *
 * @param key the attribute, one of {@link Attributes#NAMES}
 * @param pattern what it must begin with
 */
record AttributeFilter(String key, Pattern pattern) {

    /**
     * Read {@code key=regex}.
     *
     * @throws UsageException if it is none
     */
    static AttributeFilter parse(String text) {
        int equals = text.indexOf('=');
        String key = equals < 0 ? text : text.substring(0, equals);
        if (equals < 0) {
            throw new UsageException("'" + text + "' is no filter; write it as key=regex, such as name=Basic");
        }
        if (!Attributes.NAMES.contains(key)) {
            throw new UsageException(
                    "tests have no attribute '" + key + "'; filter by one of: " + String.join(", ", Attributes.NAMES));
        }
        try {
            return new AttributeFilter(key, Pattern.compile(text.substring(equals + 1)));
        } catch (PatternSyntaxException wrong) {
            throw new UsageException("the filter '" + text + "' is no regular expression: " + wrong.getDescription()
                    + " near index " + wrong.getIndex());
        }
    }

    boolean accepts(Map<String, String> attributes) {
        return pattern.matcher(attributes.getOrDefault(key, "")).lookingAt();
    }
}
