package dev.vmtest.installer;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Say how a finished install is recognised on its console and in its report events.
 *
 * @param finished found in the console at least once, in what a program says
 * @param forbidden none is found anywhere in what a program says
 * @param forbiddenToKernel nothing that the kernel says begins with one; in a program's mouth it is only a word
 * @param event the name of the event whose {@code finish} must have come with result {@code SUCCESS}; empty for an
 *     installer that reports nothing
 */
public record SuccessCriteria(
        Pattern finished, List<Pattern> forbidden, List<Pattern> forbiddenToKernel, String event) {

    /** The criteria of curtin's own harness, which both installers meet; who says which is what the texts mean. */
    public static final SuccessCriteria CURTIN = new SuccessCriteria(
            Pattern.compile(Pattern.quote("curtin: Installation finished.")),
            List.of(
                    Pattern.compile("Installation failed"),
                    Pattern.compile("ImportError: No module named.*"),
                    Pattern.compile("Unexpected error while running command"),
                    Pattern.compile("E: Unable to locate package.*"),
                    Pattern.compile("cloud-init.*: Traceback.*")),
            List.of(
                    Pattern.compile("INFO:.* blocked for more than.*seconds\\."),
                    Pattern.compile("Kernel panic -"),
                    Pattern.compile("Out of memory:")),
            "cmd-install");

    /** The criteria of an installer that reports nothing: what it says at its end, and what it must not say. */
    public static SuccessCriteria console(Pattern finished, List<Pattern> forbidden) {
        return new SuccessCriteria(finished, forbidden, CURTIN.forbiddenToKernel(), "");
    }

    public SuccessCriteria {
        forbidden = List.copyOf(forbidden);
        forbiddenToKernel = List.copyOf(forbiddenToKernel);
    }
}
