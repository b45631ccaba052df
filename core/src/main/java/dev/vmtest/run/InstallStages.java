package dev.vmtest.run;

import dev.vmtest.publish.ReportEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Work out how long the stages of an install took, from its report events. */
final class InstallStages {

    private static final String STAGE = "cmd-install/stage-";

    private InstallStages() {}

    /**
     * Return the stages in their order.
     *
     * <p>The time until user-data is the host's: when the guest fetched it. The stages' own are the
     * differences of the guest's timestamps, so a guest's clock that is wrong does no harm.
     *
     * @param booted when the machine was started, in seconds since the epoch
     */
    static List<PhaseResult.Stage> of(double booted, ReportRecorder reports) {
        List<PhaseResult.Stage> stages = new ArrayList<>();
        reports.userDataServed()
                .ifPresent(served -> stages.add(new PhaseResult.Stage("boot to user-data", round(served - booted))));
        Map<String, Instant> begun = new HashMap<>();
        for (ReportEvent event : reports.events()) {
            Instant at = event.timestamp();
            boolean isSubStep = event.name().indexOf('/', STAGE.length()) >= 0;
            if (at == null || !event.name().startsWith(STAGE) || isSubStep) {
                continue;
            }
            Instant start = begun.get(event.name());
            if (event.eventType().equals("start")) {
                begun.put(event.name(), at);
            } else if (start != null) {
                double seconds = Duration.between(start, at).toMillis() / 1000.0;
                stages.add(new PhaseResult.Stage(event.name().substring(STAGE.length()), seconds));
            }
        }
        return stages;
    }

    private static double round(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
