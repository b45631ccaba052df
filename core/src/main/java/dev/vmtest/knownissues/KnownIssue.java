package dev.vmtest.knownissues;

import dev.vmtest.config.Location;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Describe a failure that is known.
 *
 * @param location where it is written
 * @param test the name of the test that fails
 * @param releases the releases on which it fails; empty for all
 * @param installers the installers with which it fails; empty for all
 * @param renderers what configures the network of the systems that fail; empty for whatever does
 * @param pattern found in every piece of the failure's evidence
 * @param reference where the failure is recorded
 * @param expires the last day on which it excuses anything, in UTC
 */
public record KnownIssue(
        Location location,
        String test,
        List<String> releases,
        List<String> installers,
        List<String> renderers,
        Pattern pattern,
        String reference,
        LocalDate expires) {

    public KnownIssue {
        releases = List.copyOf(releases);
        installers = List.copyOf(installers);
        renderers = List.copyOf(renderers);
    }

    /** Say whether it speaks of a test on a release with an installer and a renderer. */
    public boolean concerns(String otherTest, String release, String installer, String renderer) {
        return test.equals(otherTest)
                && (releases.isEmpty() || releases.contains(release))
                && (installers.isEmpty() || installers.contains(installer))
                && (renderers.isEmpty() || renderers.contains(renderer));
    }

    /**
     * Say whether a bug is the one that it refers to.
     *
     * @param bug its number as it stands in the reference, or the whole reference
     */
    public boolean isAbout(String bug) {
        return reference.equals(bug)
                || (bug.matches("[0-9]+")
                        && Pattern.compile("(?<![0-9])" + bug + "(?![0-9])")
                                .matcher(reference)
                                .find());
    }

    /** Say whether a day is after the last one on which it excuses anything. */
    public boolean isExpired(LocalDate day) {
        return day.isAfter(expires);
    }

    /** Say whether a piece of evidence is the one that is known. */
    public boolean explains(String evidence) {
        return pattern.matcher(evidence).find();
    }

    /** Return its reference and its place, for messages. */
    @Override
    public String toString() {
        return "known issue " + reference + " (" + location + ")";
    }
}
