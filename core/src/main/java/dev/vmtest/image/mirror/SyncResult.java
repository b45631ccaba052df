package dev.vmtest.image.mirror;

import java.util.List;

/**
 * Say what a sync did, or what a dry run would do.
 *
 * @param images what of the request is in the tree now, newest first within a release: {@code jammy amd64/ga-22.04 20260101}
 * @param fetched the files that were fetched
 * @param bytes what they come to
 * @param removed the files that were removed
 * @param problems why some of it could not be mirrored; empty if all is there
 */
public record SyncResult(
        List<String> images, List<String> fetched, long bytes, List<String> removed, List<String> problems) {

    public SyncResult {
        images = List.copyOf(images);
        fetched = List.copyOf(fetched);
        removed = List.copyOf(removed);
        problems = List.copyOf(problems);
    }
}
