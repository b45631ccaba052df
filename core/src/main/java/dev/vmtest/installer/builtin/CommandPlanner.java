package dev.vmtest.installer.builtin;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.InstallStage;
import dev.vmtest.installconfig.Stage;
import dev.vmtest.installconfig.StageCommand;
import dev.vmtest.installconfig.StageCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Plan a stage: its own work and the configuration's commands, sorted by name.
 *
 * <p>The stage's own work has the name {@code builtin}. A configuration may write curtin's command for
 * it out, under that or another name; then the own work is done in its place.
 */
final class CommandPlanner {

    private final InstallConfig config;
    private final Problems problems;

    CommandPlanner(InstallConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    /** Return the steps of a stage. */
    List<PlannedStep> plan(InstallStage stage, Supplier<List<PlannedStep>> ownWork) {
        StageCommands commands = config.commands(stage);
        List<PlannedStep> steps = new ArrayList<>();
        boolean ownWorkOpen = commands.runsBuiltin();
        for (StageCommand command : commands.commands()) {
            if (ownWorkOpen && command.name().compareTo(StageCommand.BUILTIN) > 0) {
                steps.addAll(ownWork.get());
                ownWorkOpen = false;
            }
            Optional<NetMeta> netMeta = stage == Stage.NETWORK ? NetMeta.of(command) : Optional.empty();
            if (netMeta.isPresent()) {
                steps.addAll(new NetworkPlanner(config, problems).plan(netMeta.get(), command.location()));
            } else if (isOwnWork(stage, command)) {
                steps.addAll(ownWork.get());
            } else {
                StandIn.refuseOthers(stage, command, problems);
                steps.add(step(stage, command));
            }
        }
        if (ownWorkOpen) {
            steps.addAll(ownWork.get());
        }
        return steps;
    }

    private static PlannedStep step(InstallStage stage, StageCommand command) {
        List<String> argv = command.shell() ? List.of("sh", "-c", command.argv().get(0)) : command.argv();
        return new PlannedStep(
                new CommandStep(stage, command.name(), argv),
                stage.key() + " '" + command.name() + "'",
                command.location());
    }

    private static boolean isOwnWork(InstallStage stage, StageCommand command) {
        String line = command.argv().stream()
                .reduce((left, right) -> left + " " + right)
                .orElse("");
        return stage instanceof Stage common && ownWork(common).contains(line);
    }

    /** How a configuration may write the stage's own work. */
    private static Set<String> ownWork(Stage stage) {
        return switch (stage) {
            case PARTITIONING ->
                Set.of(
                        "curtin block-meta simple",
                        "curtin block-meta custom",
                        "curtin block-meta simple --force-mode",
                        "curtin block-meta --force-mode simple");
            case EXTRACT -> Set.of("curtin extract");
            case CURTHOOKS -> Set.of("curtin curthooks");
            case HOOK -> Set.of("curtin hook");
            case EARLY, NETWORK, LATE -> Set.of();
        };
    }
}
