package dev.vmtest.report;

import dev.vmtest.result.RunResults;
import java.nio.file.Path;
import java.util.Locale;

/** Name a form in which another program takes the results of a run from standard output. */
public enum PrintedForm {
    /** GitHub's workflow commands: annotations at the line that asked for what does not hold. */
    GITHUB {
        @Override
        public String of(RunResults results, Path topdir, Path root) {
            return GitHubAnnotations.of(results, root);
        }
    },
    /** GitLab's code quality report, which a merge request shows at the same lines. */
    GITLAB {
        @Override
        public String of(RunResults results, Path topdir, Path root) {
            return GitLabQuality.of(results, topdir, root);
        }
    },
    /** The Test Anything Protocol, version 14. */
    TAP {
        @Override
        public String of(RunResults results, Path topdir, Path root) {
            return TapText.of(results);
        }
    };

    /**
     * Return the results in this form, with a line feed at the end.
     *
     * @param topdir the directory of the run
     * @param root what the names of files are relative to, where they are below it
     */
    public abstract String of(RunResults results, Path topdir, Path root);

    /** Return the word for it, for the help of commands. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
