package dev.vmtest.cli;

import dev.vmtest.testcase.TestDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Name one of several parts of the tests, for machines that share the work. Together the parts hold each test on each
 * release once, and they differ in size by one at most.
 *
 * @param number which part, from 1
 * @param count how many parts there are
 */
record Shard(int number, int count) {

    private record Share(String test, String release) {}

    /** Return what of the tests belongs to this part; the same for the same tests in any order. */
    List<TestDefinition> of(List<TestDefinition> tests) {
        List<Share> all = new ArrayList<>();
        for (TestDefinition test : tests) {
            test.releases().forEach(release -> all.add(new Share(test.name(), release)));
        }
        all.sort(Comparator.comparing(Share::test).thenComparing(Share::release));
        Set<Share> own = new HashSet<>();
        for (int index = number - 1; index < all.size(); index += count) {
            own.add(all.get(index));
        }
        List<TestDefinition> part = new ArrayList<>();
        for (TestDefinition test : tests) {
            List<String> releases = test.releases().stream()
                    .filter(release -> own.contains(new Share(test.name(), release)))
                    .toList();
            if (!releases.isEmpty()) {
                part.add(test.forReleases(releases));
            }
        }
        return List.copyOf(part);
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }

    /** Read {@code I/N}. */
    static final class Converter implements ITypeConverter<Shard> {

        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})/([1-9][0-9]{0,4})");

        @Override
        public Shard convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > Integer.parseInt(matcher.group(2))) {
                throw new TypeConversionException(
                        "'" + text + "' is no part I/N, such as 1/4 or 4/4: I is between 1 and N");
            }
            return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
    }
}
