package dev.vmtest.publish;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold one event of an installer, in the form of curtin's and cloud-init's webhook reporter.
 *
 * @param name the step, such as {@code cmd-install/stage-partitioning}
 * @param description what it does, for people; may be empty
 * @param eventType {@code start} or {@code finish}; the guest may send anything
 * @param origin who reports, such as {@code curtin}; may be empty
 * @param timestamp the guest's time, or null if it sent none
 * @param level {@code DEBUG}, {@code INFO}…; may be empty
 * @param result {@code SUCCESS}, {@code WARN} or {@code FAIL} with a finish, null otherwise
 * @param files what the event carries
 */
public record ReportEvent(
        String name,
        String description,
        String eventType,
        String origin,
        @Nullable Instant timestamp,
        String level,
        @Nullable String result,
        List<ReportedFile> files) {

    public ReportEvent {
        files = List.copyOf(files);
    }
}
