package dev.vmtest.result;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.apiguardian.api.API;

/**
 * Tell one thing that happened in a run.
 *
 * <p>Everything that a run says is one stream of these, written to {@code logs/run.jsonl} of the
 * test as they happen. The terminal, the reports and a live view read only that stream. {@code at}
 * is seconds since the epoch, {@code test} the title of the test.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunEvent.TestStarted.class, name = "test-started"),
    @JsonSubTypes.Type(value = RunEvent.PhaseStarted.class, name = "phase-started"),
    @JsonSubTypes.Type(value = RunEvent.PhaseFinished.class, name = "phase-finished"),
    @JsonSubTypes.Type(value = RunEvent.ConsoleLine.class, name = "console"),
    @JsonSubTypes.Type(value = RunEvent.Reported.class, name = "reported"),
    @JsonSubTypes.Type(value = RunEvent.CheckHeld.class, name = "check"),
    @JsonSubTypes.Type(value = RunEvent.Notice.class, name = "notice"),
    @JsonSubTypes.Type(value = RunEvent.TestFinished.class, name = "test-finished")
})
@API(status = API.Status.INTERNAL)
public sealed interface RunEvent {

    /** Return the seconds since the epoch at which it happened. */
    double at();

    /** Return the title of the test that it belongs to. */
    String test();

    /**
     * Tell that a test began in a directory.
     *
     * @param format the form of this log ({@link Format}); 0 of a version before there were any
     */
    record TestStarted(double at, String test, String directory, int format) implements RunEvent {

        public TestStarted(double at, String test, String directory) {
            this(at, test, directory, Format.NUMBER);
        }
    }

    /** Tell that a phase began. */
    record PhaseStarted(double at, String test, Phase phase) implements RunEvent {}

    /** Tell that a phase ended and how long it took. */
    record PhaseFinished(double at, String test, Phase phase, PhaseResult result) implements RunEvent {}

    /** Tell a line of a guest's console; the text is printable, whatever the guest sent. */
    record ConsoleLine(double at, String test, Phase phase, String text) implements RunEvent {}

    /** Tell a report event of the installer: its name, type ({@code start} or {@code finish}) and text. */
    record Reported(double at, String test, String name, String type, String description, String result)
            implements RunEvent {}

    /** Tell the outcome of a check. */
    record CheckHeld(double at, String test, CheckRecord check) implements RunEvent {}

    /** Tell something that a user should know although it decides nothing. */
    record Notice(double at, String test, String text) implements RunEvent {}

    /** Tell the verdict. */
    record TestFinished(double at, String test, TestResult result) implements RunEvent {}
}
