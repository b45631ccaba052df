package dev.vmtest.image;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Set;

/**
 * Order and choose the versions of images: dates, compared part by part as numbers, so that 20261122.10 is newer than
 * 20261122.9.
 */
public final class ImageVersions {

    /** The oldest first. */
    public static final Comparator<String> ORDER = ImageVersions::compare;

    private ImageVersions() {}

    private static int compare(String left, String right) {
        String[] lefts = left.split("\\.", -1);
        String[] rights = right.split("\\.", -1);
        for (int i = 0; i < Math.max(lefts.length, rights.length); i++) {
            String l = i < lefts.length ? lefts[i] : "";
            String r = i < rights.length ? rights[i] : "";
            int order = l.length() != r.length() && numeric(l) && numeric(r)
                    ? Integer.compare(l.length(), r.length())
                    : l.compareTo(r);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static boolean numeric(String text) {
        return text.chars().allMatch(Character::isDigit);
    }

    /**
     * Return the version after all of the given ones: today's date, with a number if the day has one already. Versions
     * that were pruned leave gaps, and a clock may have gone back: neither makes a new image an old one.
     */
    static String next(Instant now, Set<String> taken) {
        String day = DateTimeFormatter.BASIC_ISO_DATE.format(
                now.atOffset(ZoneOffset.UTC).toLocalDate());
        return taken.stream()
                .max(ORDER)
                .filter(newest -> compare(newest, day) >= 0)
                .map(ImageVersions::after)
                .orElse(day);
    }

    private static String after(String version) {
        int dot = version.indexOf('.');
        String number = version.substring(dot + 1);
        return dot < 0 || !numeric(number)
                ? version + ".1"
                : version.substring(0, dot + 1) + (Integer.parseInt(number) + 1);
    }
}
