package dev.vmtest.cli;

import dev.vmtest.release.ReleaseTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Hold the option that names releases, for every command that takes several. */
final class ReleaseOption {

    @Option(
            names = {"-R", "--release"},
            paramLabel = "R",
            split = ",",
            converter = ReleaseNames.class,
            completionCandidates = ReleaseNames.Candidates.class,
            description = "Only for these releases, such as trixie or jammy-hwe; 'vmtest releases' lists them.")
    private List<String> releases = new ArrayList<>();

    /** Return the names as they were written, each once; empty if none was. */
    List<String> names() {
        return releases.stream().distinct().toList();
    }

    /** Return the releases whose images the tests on these need: that of the install environment and the installed. */
    List<String> ofImages() {
        return releases.stream()
                .flatMap(name -> ReleaseTable.base(name).stream())
                .flatMap(base ->
                        Stream.of(base.environment().codename(), base.target().codename()))
                .distinct()
                .toList();
    }
}
