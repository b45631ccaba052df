package dev.vmtest.cli;

import dev.vmtest.release.DebianRelease;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Read the code name of a release whose images can be built, on the command line. */
final class ReleaseConverter implements ITypeConverter<DebianRelease> {

    @Override
    public DebianRelease convert(String codename) {
        return Arrays.stream(DebianRelease.values())
                .filter(release -> release.codename().equals(codename))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(unknown(codename)));
    }

    static String unknown(String codename) {
        return "no image of '" + codename + "' can be built; these can: " + String.join(", ", codenames());
    }

    static List<String> codenames() {
        return Arrays.stream(DebianRelease.values())
                .map(DebianRelease::codename)
                .toList();
    }

    /** Offer the code names to a shell that completes. */
    static final class Candidates implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return codenames().iterator();
        }
    }
}
