package dev.vmtest.trial;

import dev.vmtest.files.NewFile;
import dev.vmtest.publish.PublishListener;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.publish.ReportedFile;
import dev.vmtest.text.PrintableJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hear what the guest asks of the server during an install, keep the report events and pass them on.
 *
 * <p>Called from the server's threads.
 */
final class ReportRecorder implements PublishListener {

    private static final JsonMapper JSON = PrintableJson.builder().build();

    private static final int NOT_FOUND = 404;

    private final Progress progress;
    private final List<ReportEvent> events = new ArrayList<>();
    private Consumer<ReportEvent> eventListener = event -> {};
    private Runnable activityListener = () -> {};
    private double bootBegan;
    private double userDataServed = Double.NaN;
    private double firstEvent = Double.NaN;
    private double lastEvent = Double.NaN;
    private @Nullable RuntimeException defect;

    ReportRecorder(Progress progress) {
        this.progress = progress;
    }

    /** Take times from now on, and forget those of an earlier boot of the same install. */
    synchronized void bootBegins() {
        bootBegan = progress.elapsed();
        userDataServed = Double.NaN;
        firstEvent = Double.NaN;
        lastEvent = Double.NaN;
    }

    /** Pass every event on. */
    synchronized void onEvent(Consumer<ReportEvent> listener) {
        eventListener = listener;
    }

    /** Tell every sign of life of the guest. */
    synchronized void onActivity(Runnable listener) {
        activityListener = listener;
    }

    @Override
    public void served(String path, int status, long bytes) {
        synchronized (this) {
            if (status != NOT_FOUND && path.endsWith("user-data") && Double.isNaN(userDataServed)) {
                userDataServed = progress.elapsed() - bootBegan;
            }
        }
        if (status == NOT_FOUND) {
            // Also told of those who don't know the secret, and they say nothing of the guest.
            return;
        }
        activity();
    }

    @Override
    public void reported(ReportEvent event) {
        Consumer<ReportEvent> listener;
        synchronized (this) {
            events.add(event);
            lastEvent = progress.elapsed() - bootBegan;
            firstEvent = Double.isNaN(firstEvent) ? lastEvent : firstEvent;
            listener = eventListener;
        }
        try {
            listener.accept(event);
            progress.reported(event);
        } catch (RuntimeException broken) {
            synchronized (this) {
                defect = defect == null ? broken : defect;
            }
            throw broken;
        }
        activity();
    }

    /** Return what went wrong here while an event was taken, so that what is missing after it is nobody else's fault. */
    synchronized Optional<RuntimeException> defect() {
        return Optional.ofNullable(defect);
    }

    @Override
    public void rejected(String reason) {
        progress.notice("a request of the guest was refused: " + reason);
    }

    /** Return the events so far, in the order in which they came. */
    synchronized List<ReportEvent> events() {
        return List.copyOf(events);
    }

    /** Return when the guest fetched its user-data, in seconds since its boot began. */
    synchronized OptionalDouble userDataServed() {
        return known(userDataServed);
    }

    /** Return when the first event came, in seconds since the boot began. */
    synchronized OptionalDouble firstEvent() {
        return known(firstEvent);
    }

    /** Return when the last event so far came, in seconds since the boot began. */
    synchronized OptionalDouble lastEvent() {
        return known(lastEvent);
    }

    private static OptionalDouble known(double seconds) {
        return Double.isNaN(seconds) ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }

    /** Keep the events, and the installer's log if one of them carried it. */
    void save(Workspace workspace) throws IOException {
        List<ReportEvent> all = events();
        List<Map<String, Object>> documents = new ArrayList<>();
        for (ReportEvent event : all) {
            documents.add(document(event));
            for (ReportedFile file : event.files()) {
                if (file.path().endsWith("install.log")) {
                    NewFile.write(workspace.installLog(), file.content());
                }
            }
        }
        NewFile.write(
                workspace.reportEvents(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(documents) + "\n");
    }

    private void activity() {
        Runnable listener;
        synchronized (this) {
            listener = activityListener;
        }
        listener.run();
    }

    /** Write an event with curtin's own keys, so that tools for curtin's logs read it. */
    private static Map<String, Object> document(ReportEvent event) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", event.name());
        document.put("description", event.description());
        document.put("event_type", event.eventType());
        document.put("origin", event.origin());
        Instant timestamp = event.timestamp();
        if (timestamp != null) {
            document.put("timestamp", timestamp.toEpochMilli() / 1000.0);
        }
        document.put("level", event.level());
        if (event.result() != null) {
            document.put("result", event.result());
        }
        if (!event.files().isEmpty()) {
            document.put(
                    "files",
                    event.files().stream().map(ReportRecorder::document).toList());
        }
        return document;
    }

    private static Map<String, String> document(ReportedFile file) {
        Map<String, String> document = new LinkedHashMap<>();
        document.put("path", file.path());
        document.put("content", Base64.getEncoder().encodeToString(file.content()));
        document.put("encoding", "base64");
        return document;
    }
}
