package dev.vmtest.check;

import java.util.List;
import java.util.stream.Collectors;

/** Check that an installer's report events are complete. */
final class ReportingChecks {

    private static final String SOURCE = "DefaultChecks.reporting_data";
    private static final String INSTALL = "cmd-install";

    private ReportingChecks() {}

    static List<Check> list(InstallRecord install) {
        List<RecordedEvent> recorded = install.events();
        return List.of(
                Check.of("reporting: first event", SOURCE, facts -> first(recorded)),
                Check.of("reporting: timestamps", SOURCE, facts -> timestamps(recorded)),
                Check.of("reporting: last event", SOURCE, facts -> last(recorded)),
                Check.of("reporting: install log", SOURCE, facts -> log(recorded, install.postFiles())));
    }

    private static Outcome first(List<RecordedEvent> events) {
        if (events.isEmpty()) {
            return Outcome.failed("the installer reported no event");
        }
        return Outcome.equal("the first event's type", "start", events.get(0).type());
    }

    private static Outcome timestamps(List<RecordedEvent> events) {
        if (events.size() < 2) {
            return Outcome.failed("the installer reported " + events.size() + " events, which is too few to compare");
        }
        boolean same = events.get(0).timestamp() == events.get(1).timestamp();
        for (int index = 1; index < events.size(); index++) {
            if (events.get(index).timestamp() < events.get(index - 1).timestamp()) {
                return Outcome.failed("event " + events.get(index).name() + " is older than the one before it");
            }
        }
        return same
                ? Outcome.failed(
                        "the first two events have the same timestamp: they were not reported as they happened")
                : Outcome.passed(events.size() + " events in order of time");
    }

    private static Outcome last(List<RecordedEvent> events) {
        if (events.isEmpty()) {
            return Outcome.failed("the installer reported no event");
        }
        RecordedEvent last = events.get(events.size() - 1);
        boolean right = last.name().equals(INSTALL) && last.type().equals("finish") && "SUCCESS".equals(last.result());
        String found = last.name() + " " + last.type() + " " + last.result();
        return right
                ? Outcome.passed("the last event is " + found)
                : Outcome.failed("the last event should be cmd-install finish SUCCESS but is " + found);
    }

    private static Outcome log(List<RecordedEvent> events, List<String> files) {
        List<RecordedEvent> carriers =
                events.stream().filter(event -> !event.files().isEmpty()).toList();
        String found = carriers.stream()
                .map(event -> event.name() + " " + event.type() + " " + event.files())
                .collect(Collectors.joining(", "));
        boolean right = carriers.size() == 1 && carriers.get(0).files().equals(files);
        return right
                ? Outcome.passed(found)
                : Outcome.failed("exactly one event should carry exactly " + String.join(", ", files)
                        + " but these carry files: [" + found + "]");
    }
}
