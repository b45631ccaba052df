package dev.vmtest.installconfig;

import dev.vmtest.config.MapReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Read which stages run, and what is said about the commands of each. */
final class StageListReader {

    private static final String KEY = "stages";

    private final MapReader root;

    StageListReader(MapReader root) {
        this.root = root;
    }

    /** Return what is said about each stage that runs, in their order. */
    Map<InstallStage, StageCommands> read() {
        List<InstallStage> stages = stages();
        Map<InstallStage, StageCommands> commands = new LinkedHashMap<>();
        stages.forEach(stage -> commands.put(stage, StageCommands.read(root, stage)));
        for (Stage stage : Stage.values()) {
            if (!stages.contains(stage)) {
                StageCommands.read(root, stage);
                refuseCommands(stage);
            }
        }
        return Collections.unmodifiableMap(commands);
    }

    private List<InstallStage> stages() {
        if (!root.has(KEY)) {
            return List.of(Stage.values());
        }
        List<String> names = root.texts(KEY);
        names.stream()
                .filter(name -> Collections.frequency(names, name) > 1)
                .distinct()
                .forEach(name -> root.problem(
                        KEY, "the stage '" + name + "' is listed more than once", "list it where it is to run"));
        return names.stream().distinct().map(StageListReader::stage).toList();
    }

    private static InstallStage stage(String name) {
        Optional<InstallStage> common = Arrays.stream(Stage.values())
                .filter(stage -> stage.text().equals(name))
                .map(InstallStage.class::cast)
                .findFirst();
        return common.orElseGet(() -> new OwnStage(name));
    }

    /** A stage that is not listed does not run, and what stands under its key is for nobody. */
    private void refuseCommands(Stage stage) {
        if (root.has(stage.key())) {
            root.problems()
                    .addUnlessLeftToInstaller(
                            root.at(stage.key()),
                            "'" + stage.key() + "' run in no stage: '" + stage.text() + "' is not among 'stages'",
                            "list the stage, or remove its commands");
        }
    }
}
