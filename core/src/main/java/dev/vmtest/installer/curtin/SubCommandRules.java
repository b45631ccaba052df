package dev.vmtest.installer.curtin;

import dev.vmtest.config.Location;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Suggestion;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.InstallStage;
import dev.vmtest.installconfig.StageCommand;
import dev.vmtest.installer.CurtinCalls;
import dev.vmtest.installer.InstallerException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuse the calls of {@code curtin} in a configuration's commands that the curtin under test does not know.
 *
 * <p>In the install environment the name means the curtin that is packed. In the target, and by a path, it is another
 * one, which nobody can ask before.
 */
public final class SubCommandRules {

    /** What a configuration cannot do without: curtin's own work in each stage, and the way into the target. */
    private static final Set<String> ALWAYS =
            Set.of("block-meta", "net-meta", "extract", "curthooks", "hook", CurtinCalls.IN_TARGET);

    private static final String CURTIN = "curtin";

    private final SubCommands subCommands;
    private String trouble = "";

    /**
     * Hold what the curtin has.
     *
     * @param subCommands is asked only where a command calls one that not every curtin has
     */
    public SubCommandRules(SubCommands subCommands) {
        this.subCommands = subCommands;
    }

    /** Add a problem for each call that would fail, and a warning for each where nobody can tell. */
    public void check(InstallConfig config, Problems problems) {
        config.commands()
                .forEach((stage, commands) -> commands.commands()
                        .forEach(command -> CurtinCalls.of(command).stream()
                                .filter(call -> call.program().equals(CURTIN) && !call.inTarget())
                                .filter(call -> !call.subCommand().isEmpty() && !ALWAYS.contains(call.subCommand()))
                                .forEach(call -> check(stage, command, call, problems))));
    }

    private void check(InstallStage stage, StageCommand command, CurtinCalls.Call call, Problems problems) {
        Location location = problems.isPlenty() ? command.location() : command.location(call.place());
        String subject = stage.key() + " '" + command.name() + "': ";
        String called = "'" + CURTIN + " " + call.subCommand() + "'";
        Set<String> known = known();
        if (known.isEmpty()) {
            problems.warn(
                    location,
                    subject + "whether the curtin under test has " + called + " is not known: " + trouble,
                    "name one that runs on this host by --installer curtin=COMMAND");
        } else if (!known.contains(call.subCommand())) {
            String nearest = Suggestion.didYouMean(call.subCommand(), known);
            problems.add(
                    location,
                    subject + "the curtin under test has no " + called,
                    (nearest.isEmpty() ? "" : nearest + " ") + "it has: " + String.join(", ", new TreeSet<>(known)));
        }
    }

    private Set<String> known() {
        if (!trouble.isEmpty()) {
            return Set.of();
        }
        try {
            return subCommands.names();
        } catch (InstallerException failed) {
            // The rest is what the installer said, over several lines.
            trouble = String.valueOf(failed.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceFirst("; it said:$", "");
            return Set.of();
        }
    }
}
