package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.InstallStage;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.installconfig.Stage;
import dev.vmtest.installconfig.StageCommand;
import dev.vmtest.installconfig.StageCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Check that the commands of a configuration ran: once, in the order of their names, inside their stage.
 *
 * <p>An installer reports each command with an event before and one after it, as curtin does ({@code
 * curtin/commands/install.py}); that is what a command leaves without anybody wrapping it.
 */
final class CommandChecks {

    private static final String NAME = "command ";
    private static final String SUCCESS = "SUCCESS";

    private final InstallConfig config;
    private final Promises promises;
    private final List<RecordedEvent> events;

    CommandChecks(InstallConfig config, Promises promises, List<RecordedEvent> events) {
        this.config = config;
        this.promises = promises;
        this.events = events;
    }

    List<Check> list() {
        List<Check> checks = new ArrayList<>();
        for (InstallStage stage : config.stages()) {
            StageCommands commands = config.commands(stage);
            String before = "";
            for (StageCommand command : commands.commands()) {
                if (!isOwnWork(stage, command)) {
                    String previous = before;
                    checks.add(check(
                            NAME + stage.text() + "/" + command.name() + ": ran",
                            command.location(),
                            () -> ran(stage, command.name(), previous)));
                    before = command.name();
                }
            }
            Location removed = commands.removed().get(StageCommand.BUILTIN);
            if (removed != null) {
                checks.add(check(
                        NAME + stage.text() + "/" + StageCommand.BUILTIN + ": did not run",
                        removed,
                        () -> didNotRun(stage)));
            }
        }
        return checks;
    }

    private Check check(String name, Location location, Supplier<Outcome> holds) {
        return promises.records()
                ? Check.of(name, location, facts -> holds.get())
                : Check.notJudged(name, location, promises.installer() + " reports nothing");
    }

    /**
     * Return whether a command stands for the stage's own work, whose result other checks judge. An installer may do it
     * without reporting it by this name.
     */
    static boolean isOwnWork(InstallStage stage, StageCommand command) {
        String work = stage instanceof Stage common ? ownWork(common) : "";
        List<String> words =
                command.shell() ? List.of(command.argv().get(0).strip().split("\\s+", -1)) : command.argv();
        // An empty word of a command is no work of a stage that has none of its own.
        return !work.isEmpty() && words.size() > 1 && words.get(0).equals("curtin") && words.contains(work);
    }

    private static String ownWork(Stage stage) {
        return switch (stage) {
            case PARTITIONING -> "block-meta";
            case NETWORK -> "net-meta";
            case EXTRACT -> "extract";
            case CURTHOOKS -> "curthooks";
            case HOOK -> "hook";
            case EARLY, LATE -> "";
        };
    }

    private Outcome ran(InstallStage stage, String command, String previous) {
        String event = event(stage, command);
        List<Integer> starts = places(event, "start");
        List<Integer> ends = places(event, "finish");
        if (starts.size() != 1 || ends.size() != 1) {
            return Outcome.failed(event + " should begin and end once, but began " + starts.size() + " and ended "
                    + ends.size() + " times");
        }
        int start = starts.get(0);
        int end = ends.get(0);
        if (start > end) {
            return Outcome.failed(event + " ended before it began");
        }
        String result = String.valueOf(events.get(end).result());
        if (!result.equals(SUCCESS)) {
            return Outcome.failed(event + " should end with " + SUCCESS + " but ended with " + result);
        }
        String whole = "cmd-install/stage-" + stage.text();
        boolean isInside = places(whole, "start").stream().anyMatch(begin -> begin < start)
                && places(whole, "finish").stream().anyMatch(finish -> finish > end);
        if (!isInside) {
            return Outcome.failed(event + " should run inside the stage " + stage.text() + " but ran beside it");
        }
        if (!previous.isEmpty()) {
            boolean isAfter = places(event(stage, previous), "finish").stream().anyMatch(finish -> finish < start);
            if (!isAfter) {
                return Outcome.failed(event + " should begin when " + previous + " has ended, but began before that");
            }
        }
        return Outcome.passed(event + " ran once" + (previous.isEmpty() ? "" : ", after " + previous));
    }

    private Outcome didNotRun(InstallStage stage) {
        String event = event(stage, StageCommand.BUILTIN);
        return places(event, "start").isEmpty()
                ? Outcome.passed(event + " did not run")
                : Outcome.failed(event + " ran, although the configuration takes it out");
    }

    private static String event(InstallStage stage, String command) {
        return "cmd-install/stage-" + stage.text() + "/" + command;
    }

    private List<Integer> places(String name, String type) {
        return IntStream.range(0, events.size())
                .filter(index -> events.get(index).name().equals(name)
                        && events.get(index).type().equals(type))
                .boxed()
                .toList();
    }
}
