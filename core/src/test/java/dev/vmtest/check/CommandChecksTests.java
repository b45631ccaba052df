package dev.vmtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Promises;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Change the events of an install whose commands ran, as an installer does that runs them otherwise. */
class CommandChecksTests {

    private static final InstallConfig CONFIG = FakeSystem.config("""
            partitioning_commands: {builtin: [curtin, block-meta, simple]}
            curthooks_commands: {builtin: null}
            late_commands:
              b_second: 'touch /x'
              a_first: [touch, /y]
            """);
    private static final List<RecordedEvent> EVENTS = List.of(
            event("cmd-install", null),
            event("cmd-install/stage-partitioning", null),
            event("cmd-install/stage-partitioning", "SUCCESS"),
            event("cmd-install/stage-late", null),
            event("cmd-install/stage-late/a_first", null),
            event("cmd-install/stage-late/a_first", "SUCCESS"),
            event("cmd-install/stage-late/b_second", null),
            event("cmd-install/stage-late/b_second", "SUCCESS"),
            event("cmd-install/stage-late", "SUCCESS"),
            event("cmd-install", "SUCCESS"));

    private static RecordedEvent event(String name, @Nullable String result) {
        return new RecordedEvent(name, result == null ? "start" : "finish", 1, result, List.of());
    }

    private static List<String> failures(List<RecordedEvent> events) {
        return results(events, Promises.EVERYTHING).stream()
                .filter(result -> result.verdict() == CheckVerdict.FAILED)
                .map(result -> result.name() + ": " + result.message())
                .toList();
    }

    private static List<CheckResult> results(List<RecordedEvent> events, Promises promises) {
        Target target = new Target(BootMode.BIOS, Distribution.DEBIAN, Map.of(), Map.of(), promises);
        Facts nothing = Facts.read(Path.of("nowhere"));
        return DerivedChecks.ofInstall(CONFIG, target, new InstallRecord(events, "", "", List.of())).stream()
                .map(check -> check.hold(nothing))
                .toList();
    }

    private static List<RecordedEvent> without(int... places) {
        List<RecordedEvent> events = new ArrayList<>(EVENTS);
        for (int index = places.length - 1; index >= 0; index--) {
            events.remove(places[index]);
        }
        return events;
    }

    @Test
    void aCommandWithAnEmptyWordIsHeldLikeAnyOther() {
        InstallConfig config =
                FakeSystem.config("late_commands: {user: [curtin, in-target, --, useradd, --comment, '', someone]}\n");
        Target target = new Target(BootMode.BIOS, Distribution.DEBIAN);

        assertThat(DerivedChecks.ofInstall(config, target, InstallRecord.NONE))
                .extracting(Check::name)
                .containsExactly("command late/user: ran");
    }

    @Test
    void commandsThatRanAsTheyShouldPassWithThePlaceOfTheirKeys() {
        assertThat(failures(EVENTS)).isEmpty();
        assertThat(results(EVENTS, Promises.EVERYTHING))
                .extracting(result -> result.source() + " " + result.name() + ": " + result.message())
                .containsExactly(
                        "layout.yaml:2:22 command curthooks/builtin: did not run: cmd-install/stage-curthooks/builtin did"
                                + " not run",
                        "layout.yaml:5:3 command late/a_first: ran: cmd-install/stage-late/a_first ran once",
                        "layout.yaml:4:3 command late/b_second: ran: cmd-install/stage-late/b_second ran once, after"
                                + " a_first");
    }

    @Test
    void aStageOfOnesOwnIsHeldLikeAnyOther() {
        InstallConfig config = FakeSystem.config("stages: [mine]\nmine_commands: {a: [touch, /y]}\n");
        List<RecordedEvent> right = List.of(
                event("cmd-install/stage-mine", null),
                event("cmd-install/stage-mine/a", null),
                event("cmd-install/stage-mine/a", "SUCCESS"),
                event("cmd-install/stage-mine", "SUCCESS"));

        assertThat(result(config, right)).isEqualTo("command mine/a: ran: cmd-install/stage-mine/a ran once");
        assertThat(result(config, List.of(right.get(0), right.get(3))))
                .isEqualTo("command mine/a: ran: cmd-install/stage-mine/a should begin and end once, but began 0 and"
                        + " ended 0 times");
    }

    private static String result(InstallConfig config, List<RecordedEvent> events) {
        CheckResult result = new CommandChecks(config, Promises.EVERYTHING, events)
                .list()
                .get(0)
                .hold(Facts.read(Path.of("nowhere")));
        return result.name() + ": " + result.message();
    }

    @Test
    void aCommandThatDidNotRunFails() {
        assertThat(failures(without(6, 7)))
                .containsExactly(
                        "command late/b_second: ran: cmd-install/stage-late/b_second should begin and end once,"
                                + " but began 0 and ended 0 times");
    }

    @Test
    void aCommandThatRanTwiceFails() {
        List<RecordedEvent> events = new ArrayList<>(EVENTS);
        events.addAll(8, EVENTS.subList(6, 8));

        assertThat(failures(events)).singleElement().asString().contains("began 2 and ended 2 times");
    }

    @Test
    void commandsInAnotherOrderFail() {
        List<RecordedEvent> events = new ArrayList<>(EVENTS);
        Collections.swap(events, 4, 6);
        Collections.swap(events, 5, 7);

        assertThat(failures(events))
                .singleElement()
                .asString()
                .contains("should begin when a_first has ended, but began before that");
    }

    @Test
    void aCommandBesideItsStageFails() {
        List<RecordedEvent> events = new ArrayList<>(EVENTS);
        events.add(6, events.remove(8));

        assertThat(failures(events)).singleElement().asString().contains("should run inside the stage late");
    }

    @Test
    void aCommandThatFailedAndWasPassedOverFails() {
        List<RecordedEvent> events = new ArrayList<>(EVENTS);
        events.set(5, event("cmd-install/stage-late/a_first", "FAIL"));

        assertThat(failures(events)).singleElement().asString().contains("should end with SUCCESS but ended with FAIL");
    }

    @Test
    void theStagesOwnWorkThatWasTakenOutAndRanFails() {
        List<RecordedEvent> events = new ArrayList<>(EVENTS);
        events.add(3, event("cmd-install/stage-curthooks/builtin", null));

        assertThat(failures(events))
                .singleElement()
                .asString()
                .contains("ran, although the configuration takes it out");
    }

    @Test
    void anInstallerThatReportsNothingIsNotJudged() {
        assertThat(results(List.of(), Promises.withoutRecords("it")))
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(CheckVerdict.NOT_JUDGED));
    }
}
