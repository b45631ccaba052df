package dev.vmtest.image.build;

/** Hear how far a build is. Called on the thread that builds. */
public interface BuildListener {

    /** Hear nothing. */
    BuildListener NONE = new BuildListener() {
        @Override
        public void step(String name) {}

        @Override
        public void detail(String line) {}
    };

    /** A step of the build begins, such as {@code installing packages}; the one before it has ended. */
    void step(String name);

    /** A tool says something about the current step. */
    void detail(String line);
}
