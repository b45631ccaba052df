package dev.vmtest.image;

import org.jspecify.annotations.Nullable;

/** Say that an image cannot be found, built or trusted, and what to do about it. */
public final class ImageException extends Exception {

    private final String problem;
    private final String remedy;
    private final boolean isAbsence;

    public ImageException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public ImageException(String problem, String remedy, @Nullable Throwable cause) {
        this(problem, remedy, cause, false);
    }

    private ImageException(String problem, String remedy, @Nullable Throwable cause, boolean isAbsence) {
        super(remedy.isEmpty() ? problem : problem + "; " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
        this.isAbsence = isAbsence;
    }

    /** Say that there is no such image, not even a broken one. */
    static ImageException absence(String problem, String remedy) {
        return new ImageException(problem, remedy, null, true);
    }

    /** Say whether there is no image at all, rather than one that cannot be used. */
    public boolean isAbsence() {
        return isAbsence;
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
