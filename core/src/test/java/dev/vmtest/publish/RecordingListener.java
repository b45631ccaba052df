package dev.vmtest.publish;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remember what a server tells. */
final class RecordingListener implements PublishListener {

    final List<String> served = new CopyOnWriteArrayList<>();
    final List<ReportEvent> events = new CopyOnWriteArrayList<>();
    final List<String> rejected = new CopyOnWriteArrayList<>();

    @Override
    public void served(String path, int status, long bytes) {
        served.add(status + " " + path + " " + bytes);
    }

    @Override
    public void reported(ReportEvent event) {
        events.add(event);
    }

    @Override
    public void rejected(String reason) {
        rejected.add(reason);
    }
}
