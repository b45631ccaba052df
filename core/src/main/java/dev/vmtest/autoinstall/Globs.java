package dev.vmtest.autoinstall;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Know the patterns of fnmatch(3) that autoinstall has: {@code *}, {@code ?} and {@code [...]}. */
final class Globs {

    private static final Pattern PART = Pattern.compile("\\[!?\\]?[^\\]]*\\]|.", Pattern.DOTALL);

    private Globs() {}

    /**
     * Return a text that a pattern matches, unless the pattern has a set that excludes.
     *
     * @param star what stands for {@code *}
     */
    static String example(String pattern, String star) {
        StringBuilder text = new StringBuilder();
        for (String part : parts(pattern)) {
            if (part.equals("*")) {
                text.append(star);
            } else if (part.length() > 2) {
                text.append(part.charAt(1) == '!' ? '0' : part.charAt(1));
            } else {
                text.append(part.equals("?") ? "0" : part);
            }
        }
        return text.toString();
    }

    /** Return whether a pattern matches a text; the time is the product of their lengths. */
    static boolean matches(String pattern, String text) {
        List<String> parts = parts(pattern);
        int part = 0;
        int place = 0;
        int star = -1;
        int afterStar = 0;
        while (place < text.length()) {
            if (part < parts.size() && parts.get(part).equals("*")) {
                star = part++;
                afterStar = place;
            } else if (part < parts.size() && matchesOne(parts.get(part), text.charAt(place))) {
                part++;
                place++;
            } else if (star >= 0) {
                part = star + 1;
                place = ++afterStar;
            } else {
                return false;
            }
        }
        return parts.stream().skip(part).allMatch("*"::equals);
    }

    private static List<String> parts(String pattern) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(pattern);
        while (matcher.find()) {
            parts.add(matcher.group());
        }
        return parts;
    }

    private static boolean matchesOne(String part, char character) {
        if (part.equals("?")) {
            return true;
        }
        if (part.length() == 1) {
            return part.charAt(0) == character;
        }
        boolean excludes = part.charAt(1) == '!';
        String set = part.substring(excludes ? 2 : 1, part.length() - 1);
        boolean found = false;
        for (int index = 0; index < set.length(); index++) {
            boolean range = index + 2 < set.length() && set.charAt(index + 1) == '-';
            char last = range ? set.charAt(index + 2) : set.charAt(index);
            found |= set.charAt(index) <= character && character <= last;
            index += range ? 2 : 0;
        }
        return found != excludes;
    }
}
