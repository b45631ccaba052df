package dev.vmtest.trial;

import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.machine.ConsoleFinding;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.Speaker;
import dev.vmtest.machine.Utterance;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.result.Evidence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
    private String forbidden = "";
    private @Nullable Excerpt aroundForbidden;
    private @Nullable Excerpt aroundFailure;
    private @Nullable ReportEvent last;
    private @Nullable ReportEvent end;

    InstallWitnesses(SuccessCriteria criteria) {
        this.criteria = criteria;
    }

    /** Hear a line of the console. */
    synchronized void console(ConsoleLine line) {
        String text = line.text();
        for (Excerpt excerpt : new Excerpt[] {aroundForbidden, aroundFailure}) {
            if (excerpt != null) {
                excerpt.follow(text);
            }
        }
        recent.addLast(text);
        if (recent.size() > CONTEXT) {
            recent.removeFirst();
        }
        line.said().forEach(this::hear);
    }

    private void hear(Utterance utterance) {
        String text = utterance.text();
        finished |= criteria.finished().matcher(text).find();
        if (aroundForbidden == null) {
            boolean isForbidden = criteria.forbidden().stream()
                            .anyMatch(pattern -> pattern.matcher(text).find())
                    || (isKernels(utterance)
                            && criteria.forbiddenToKernel().stream()
                                    .anyMatch(pattern -> pattern.matcher(text).lookingAt()));
            if (isForbidden) {
                forbidden = text.strip();
                aroundForbidden = new Excerpt(recent, recent.size() - 1);
            }
        }
    }

    private static boolean isKernels(Utterance utterance) {
        return utterance.speaker() == Speaker.KERNEL || utterance.speaker() == Speaker.ANYBODY;
    }

    /** Hear a report event. */
    synchronized void reported(ReportEvent event) {
        last = event;
        if ("FAIL".equals(event.result()) && aroundFailure == null) {
            aroundFailure = new Excerpt(recent, -1);
        }
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
        if (aroundForbidden == null && firstBad.isPresent()) {
            return Optional.of(ConsoleEvidence.of(summary, firstBad.get(), machineEnd, lastEvent(), LOG));
        }
        Excerpt shown = aroundForbidden != null ? aroundForbidden : aroundFailure;
        if (shown == null) {
            shown = new Excerpt(recent, -1);
        }
        return Optional.of(new Evidence(summary, shown.lines, machineEnd.summary(), lastEvent(), LOG, shown.badLine));
    }

    private List<String> objections(MachineEnd machineEnd) {
        List<String> objections = new ArrayList<>();
        if (!(machineEnd instanceof MachineEnd.GuestShutdown)) {
            objections.add(machineEnd.summary());
        }
        if (!forbidden.isEmpty()) {
            objections.add("the console says: " + forbidden);
        }
        objections.addAll(criteria.event().isEmpty() ? consoleAlone() : bothWitnesses());
        return objections;
    }

    /** An installer that reports nothing has one witness beside the machine's end. */
    private List<String> consoleAlone() {
        return finished ? List.of() : List.of("the console never said '" + lastWords() + "'");
    }

    private List<String> bothWitnesses() {
        List<String> objections = new ArrayList<>();
        if (end == null) {
            objections.add("no '" + criteria.event() + "' finish event came"
                    + (finished ? ", although the console says that the installation finished" : ""));
        } else if (!"SUCCESS".equals(end.result())) {
            objections.add("the installer reported " + describe(end));
        }
        if (!finished && end != null && "SUCCESS".equals(end.result())) {
            objections.add("the installer reported success, but the console never said '" + lastWords() + "'");
        }
        return objections;
    }

    private String lastWords() {
        return criteria.finished().pattern().replace("\\Q", "").replace("\\E", "");
    }

    private static String describe(ReportEvent event) {
        String result = event.result() == null ? "" : " " + event.result();
        return event.name() + " " + event.eventType() + result
                + (event.description().isEmpty() ? "" : ": " + event.description());
    }

    /** Hold the lines around one moment of the console. */
    private static final class Excerpt {

        private final List<String> lines;
        private final int badLine;
        private int following;

        /**
         * Begin with the lines before it.
         *
         * @param badLine which of them it is about, or -1
         */
        Excerpt(Deque<String> before, int badLine) {
            this.lines = new ArrayList<>(before);
            this.badLine = badLine;
        }

        void follow(String line) {
            if (following < CONTEXT) {
                following++;
                lines.add(line);
            }
        }
    }
}
