package dev.vmtest.image.mirror;

/** Hear how far a sync is. Called on several threads. */
public interface SyncListener {

    /** Hear nothing. */
    SyncListener NONE = new SyncListener() {
        @Override
        public void note(String text) {}

        @Override
        public void began(String path, long bytes, long size) {}

        @Override
        public void progressed(String path, long bytes) {}

        @Override
        public void ended(String path, String problem) {}
    };

    /** Something is worth a line. */
    void note(String text);

    /**
     * A download begins.
     *
     * @param bytes what is there of it already, from a sync that was cut
     * @param size what it comes to
     */
    void began(String path, long bytes, long size);

    /** This much of a download is there now. */
    void progressed(String path, long bytes);

    /**
     * A download has ended.
     *
     * @param problem why it failed; empty if it is whole
     */
    void ended(String path, String problem);
}
