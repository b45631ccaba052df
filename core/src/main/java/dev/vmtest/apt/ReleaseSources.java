package dev.vmtest.apt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Say which entries the file with a release's own sources must have, by the template or by the file that was there.
 *
 * <p>Only Ubuntu's default archives are replaced by mirrors in a file that was there, whatever the release: so curtin
 * does it (its {@code apt-config}).
 *
 * @param variables what the variables stand for
 * @param disabledSuites as they are written
 * @param disabledComponents as they are written
 */
public record ReleaseSources(AptVariables variables, List<String> disabledSuites, List<String> disabledComponents) {

    /** Ubuntu's archive for the architectures that it serves there. */
    public static final String ARCHIVE = "http://archive.ubuntu.com/ubuntu";

    /** Ubuntu's security archive for them. */
    public static final String SECURITY = "http://security.ubuntu.com/ubuntu";

    /** Ubuntu's archive for all others. */
    public static final String PORTS = "http://ports.ubuntu.com/ubuntu-ports";

    private static final Set<String> ARCHIVE_ARCHITECTURES = Set.of("amd64", "i386");

    /** Return the address that Ubuntu's archive has for an architecture. */
    public static String archive(String architecture, boolean security) {
        return !ARCHIVE_ARCHITECTURES.contains(architecture) ? PORTS : security ? SECURITY : ARCHIVE;
    }

    /** Return what becomes of a file that was there. */
    public List<SourceEntry> ofFile(String text, String architecture) {
        Map<String, String> replaced = new HashMap<>();
        replaced.put(archive(architecture, false), variables.primary());
        replaced.put(archive(architecture, true), variables.security());
        return SourceEntry.active(text).stream()
                .map(entry -> new SourceEntry(
                        entry.type(),
                        variables.in(replaced.getOrDefault(entry.uri(), entry.uri())),
                        variables.in(entry.suite()),
                        entry.components()))
                .flatMap(entry -> enabled(entry).stream())
                .toList();
    }

    /** Return what is left of an entry whose variables have their values: none or one. */
    public List<SourceEntry> enabled(SourceEntry entry) {
        Set<String> off = disabledSuites.stream().map(variables::suite).collect(Collectors.toSet());
        if (off.contains(entry.suite())) {
            return List.of();
        }
        Set<String> left = new LinkedHashSet<>(entry.components());
        left.removeIf(component -> disabledComponents.contains(component) && !AptConfig.staysEnabled(component));
        return left.isEmpty() && !entry.components().isEmpty()
                ? List.of()
                : List.of(new SourceEntry(entry.type(), entry.uri(), entry.suite(), left));
    }

    /** Return those of some entries that another list does not have, component by component. */
    public static List<SourceEntry> beyond(List<SourceEntry> entries, List<SourceEntry> known) {
        List<SourceEntry> beyond = new ArrayList<>();
        for (SourceEntry entry : entries) {
            if (!entry.isIn(known)) {
                beyond.add(entry);
            }
        }
        return List.copyOf(beyond);
    }
}
