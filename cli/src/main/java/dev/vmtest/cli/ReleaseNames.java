package dev.vmtest.cli;

import dev.vmtest.config.Suggestion;
import dev.vmtest.release.ReleaseTable;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Read the name of what a test can run on, on the command line. */
final class ReleaseNames implements ITypeConverter<String> {

    @Override
    public String convert(String name) {
        if (ReleaseTable.base(name).isEmpty()) {
            throw new TypeConversionException("no release is called '" + name + "'; " + hint(name));
        }
        return name;
    }

    /** Read the name for a command that takes one. */
    static final class Single implements ITypeConverter<String> {

        @Override
        public String convert(String name) {
            if (name.contains(",")) {
                throw new TypeConversionException(
                        "one release at a time; name one of " + String.join(", ", name.split(",", -1)));
            }
            return new ReleaseNames().convert(name);
        }
    }

    /** Return what to do about a name that none has. */
    static String hint(String name) {
        String nearest = Suggestion.didYouMean(name, ReleaseTable.baseNames());
        return nearest.isEmpty() ? "'vmtest releases' lists them" : nearest;
    }

    /** Offer the names to a shell that completes. */
    static final class Candidates implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return ReleaseTable.baseNames().iterator();
        }
    }
}
