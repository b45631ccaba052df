package dev.vmtest.files;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Say one thing that would be done, where a person asks for that instead of having it done.
 *
 * @param kind what would be done
 * @param what with what: a path, or words for something else
 */
public record PlannedChange(Kind kind, String what) {

    /** Name what can be done to a thing. */
    public enum Kind {
        MAKE("make"),
        REPLACE("replace"),
        /** To make or to replace what nobody can look at now. */
        WRITE("write"),
        CHANGE("change"),
        REMOVE("remove"),
        START("start");

        private final String verb;

        Kind(String verb) {
            this.verb = verb;
        }
    }

    /** A file or directory would be written, in the place of one that has its name. */
    public static PlannedChange writing(Path path) {
        return new PlannedChange(isThere(path) ? Kind.REPLACE : Kind.MAKE, path.toString());
    }

    /** A file would be written to at its end. */
    public static PlannedChange extending(Path path) {
        return new PlannedChange(isThere(path) ? Kind.CHANGE : Kind.MAKE, path.toString());
    }

    /** Something would be removed. */
    public static PlannedChange removing(String what) {
        return new PlannedChange(Kind.REMOVE, what);
    }

    /** Return it as a line for a person. */
    public String line() {
        return "would " + kind.verb + " " + what;
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
