package dev.vmtest.trial;

import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.result.PhaseResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Work out how long the parts of an install took: from the console until user-data is fetched, from
 * the server's clock until the installer says something and after it has said its last, and between
 * these from the installer's own report events.
 */
final class InstallStages {

    private static final String STAGE = "cmd-install/stage-";

    private final String toUserData;
    private final ConsoleStages console;

    InstallStages(InstallStart start) {
        boolean isResumed = start instanceof InstallStart.Resumed;
        toUserData = isResumed ? "agent" : "userspace";
        console = isResumed ? ConsoleStages.ofResumption() : ConsoleStages.ofDirectKernel();
    }

    /** Hear a line of the console. */
    void line(ConsoleLine line) {
        console.line(line);
    }

    /**
     * Return the stages in their order.
     *
     * @param end how the machine ended
     */
    List<PhaseResult.Stage> stages(ReportRecorder reports, MachineEnd end) {
        reports.userDataServed().ifPresent(at -> console.end(toUserData, at));
        reports.firstEvent().ifPresent(at -> console.end(PhaseResult.Stage.USER_DATA, at));
        List<PhaseResult.Stage> stages = new ArrayList<>(console.stages());
        stages.addAll(ofInstaller(reports.events()));
        String last = end instanceof MachineEnd.GuestShutdown ? "power-off" : "to its end";
        double ended = ConsoleStages.seconds(end.vmTime());
        reports.lastEvent()
                .ifPresent(at -> stages.add(new PhaseResult.Stage(last, ConsoleStages.round(Math.max(0, ended - at)))));
        return stages;
    }

    /** Take the differences of the guest's timestamps, so that a guest's clock that is wrong does no harm. */
    private static List<PhaseResult.Stage> ofInstaller(List<ReportEvent> events) {
        List<PhaseResult.Stage> stages = new ArrayList<>();
        Map<String, Instant> begun = new HashMap<>();
        for (ReportEvent event : events) {
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
}
