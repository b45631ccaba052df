package dev.vmtest.image;

import org.jspecify.annotations.Nullable;

/** Say that an image cannot be found, built or trusted, and what to do about it. */
public final class ImageException extends Exception {

    private final String problem;
    private final String remedy;

    public ImageException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public ImageException(String problem, String remedy, @Nullable Throwable cause) {
        super(remedy.isEmpty() ? problem : problem + "; " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Return what is wrong, without the remedy. */
    public String problem() {
        return problem;
    }

    /** Return what to do about it; may be empty. */
    public String remedy() {
        return remedy;
    }
}
