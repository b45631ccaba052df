package dev.vmtest.publish;

/**
 * Hear what guests fetch and report. Called on the server's threads, several at a time; paths and reasons are cut to a
 * sensible length and have no control characters.
 */
public interface PublishListener {

    /** Hear nothing. */
    PublishListener NONE = new PublishListener() {
        @Override
        public void served(String path, int status, long bytes) {}

        @Override
        public void reported(ReportEvent event) {}

        @Override
        public void rejected(String reason) {}
    };

    /**
     * Take one answered request.
     *
     * @param path what was asked for, below the secret segment where it was given
     * @param status the HTTP status, also 404 and its like
     * @param bytes the bytes of the body that were sent; fewer than asked for if the guest went away
     */
    void served(String path, int status, long bytes);

    /** Take one event that the guest reported. */
    void reported(ReportEvent event);

    /** Take the reason why something that a guest sent was refused; it is evidence, not to be swallowed. */
    void rejected(String reason);
}
