package dev.vmtest.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold one report event of an installation, in curtin's webhook form.
 *
 * @param name {@code cmd-install}, {@code cmd-install/stage-early}, …
 * @param type {@code start} or {@code finish}
 * @param timestamp seconds since the epoch
 * @param result {@code SUCCESS}, {@code WARN}, {@code FAIL}, or null for a start
 * @param files the paths of the files it carries
 */
public record RecordedEvent(
        String name,
        String type,
        double timestamp,
        @Nullable String result,
        List<String> files) {

    public RecordedEvent {
        files = List.copyOf(files);
    }
}
