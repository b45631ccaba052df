package dev.vmtest.run;

import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.machine.ConsoleFinding;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.publish.ReportEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Listen to the two witnesses of an install, its console and its report events, and judge whether
 * they agree that it worked.
 *
 * <p>Neither is believed alone: a console drops lines and repeats what any program prints, and an
 * event says only what the installer believes. The machine's end is the third thing that must fit.
 * Thread-safe.
 */
final class InstallWitnesses {

    private static final int CONTEXT = 12;
    static final String LOG = "logs/install-serial.log";

    private final SuccessCriteria criteria;
    private final Deque<String> recent = new ArrayDeque<>();
    private boolean finished;
    private @Nullable String forbidden;
    private List<String> forbiddenContext = List.of();
    private int forbiddenLine = -1;
    private int linesAfterForbidden;
    private @Nullable ReportEvent last;
    private @Nullable ReportEvent end;

    InstallWitnesses(SuccessCriteria criteria) {
        this.criteria = criteria;
    }

    /** Hear a line of the console. */
    synchronized void console(ConsoleLine line) {
        String text = line.text();
        if (forbidden != null && linesAfterForbidden < CONTEXT) {
            linesAfterForbidden++;
            forbiddenContext = append(forbiddenContext, text);
        }
        recent.addLast(text);
        if (recent.size() > CONTEXT) {
            recent.removeFirst();
        }
        finished |= criteria.finished().matcher(text).find();
        if (forbidden == null) {
            for (Pattern pattern : criteria.forbidden()) {
                if (pattern.matcher(text).find()) {
                    forbidden = text;
                    forbiddenContext = List.copyOf(recent);
                    forbiddenLine = forbiddenContext.size() - 1;
                    return;
                }
            }
        }
    }

    /** Hear a report event. */
    synchronized void reported(ReportEvent event) {
        last = event;
        if (event.name().equals(criteria.event()) && event.eventType().equals("finish")) {
            end = event;
        }
    }

    /** Return whether the installer has said anything. */
    synchronized boolean hasHeardTheInstaller() {
        return last != null;
    }

    /** Return the last event that was heard, for people; empty if there was none. */
    synchronized String lastEvent() {
        return last == null ? "" : describe(last);
    }

    /**
     * Judge the install.
     *
     * @param firstBad the first line of the console that boded ill, whoever's fault it is
     * @return nothing if it worked, otherwise why not
     */
    synchronized Optional<Evidence> judge(MachineEnd machineEnd, Optional<ConsoleFinding> firstBad) {
        List<String> objections = objections(machineEnd);
        if (objections.isEmpty()) {
            return Optional.empty();
        }
        String summary = String.join("; ", objections);
        if (forbidden == null && firstBad.isPresent()) {
            return Optional.of(ConsoleEvidence.of(summary, firstBad.get(), machineEnd, lastEvent(), LOG));
        }
        List<String> context = forbidden == null ? List.copyOf(recent) : forbiddenContext;
        return Optional.of(new Evidence(summary, context, machineEnd.summary(), lastEvent(), LOG, forbiddenLine));
    }

    private List<String> objections(MachineEnd machineEnd) {
        List<String> objections = new ArrayList<>();
        if (!(machineEnd instanceof MachineEnd.GuestShutdown)) {
            objections.add(machineEnd.summary());
        }
        if (forbidden != null) {
            objections.add("the console says: " + forbidden.strip());
        }
        if (end == null) {
            objections.add("no '" + criteria.event() + "' finish event came"
                    + (finished ? ", although the console says that the installation finished" : ""));
        } else if (!"SUCCESS".equals(end.result())) {
            objections.add("the installer reported " + describe(end));
        }
        if (!finished && end != null && "SUCCESS".equals(end.result())) {
            objections.add("the installer reported success, but the console never said '"
                    + criteria.finished().pattern().replace("\\Q", "").replace("\\E", "") + "'");
        }
        return objections;
    }

    private static String describe(ReportEvent event) {
        String result = event.result() == null ? "" : " " + event.result();
        return event.name() + " " + event.eventType() + result
                + (event.description().isEmpty() ? "" : ": " + event.description());
    }

    private static List<String> append(List<String> lines, String line) {
        List<String> longer = new ArrayList<>(lines);
        longer.add(line);
        return longer;
    }
}
