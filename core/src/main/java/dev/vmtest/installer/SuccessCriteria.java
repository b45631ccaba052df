package dev.vmtest.installer;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Say how a finished install is recognised on its console and in its report events.
 *
 * @param finished found in the console at least once
 * @param forbidden none is found anywhere in the console
 * @param event the name of the event whose {@code finish} must have come with result {@code SUCCESS}
 */
public record SuccessCriteria(Pattern finished, List<Pattern> forbidden, String event) {

    /** The criteria of curtin's own harness, which both installers meet. */
    public static final SuccessCriteria CURTIN = new SuccessCriteria(
            Pattern.compile(Pattern.quote("curtin: Installation finished.")),
            List.of(
                    Pattern.compile("INFO:.* blocked for more than.*seconds\\."),
                    Pattern.compile("Kernel panic -"),
                    Pattern.compile("Installation failed"),
                    Pattern.compile("ImportError: No module named.*"),
                    Pattern.compile("Out of memory:"),
                    Pattern.compile("Unexpected error while running command"),
                    Pattern.compile("E: Unable to locate package.*"),
                    Pattern.compile("cloud-init.*: Traceback.*")),
            "cmd-install");

    public SuccessCriteria {
        forbidden = List.copyOf(forbidden);
    }
}
