package dev.vmtest.installer.builtin;

import dev.vmtest.installconfig.InstallStage;
import dev.vmtest.installconfig.Stage;
import java.util.List;

/** Hold the steps of one stage in their order. */
public record PlannedStage(InstallStage stage, List<PlannedStep> steps) {

    public PlannedStage {
        steps = List.copyOf(steps);
    }

    /** Return what the stage's events describe it as, in curtin's words. */
    String description() {
        return stage instanceof Stage common ? description(common) : "stage " + stage.text();
    }

    private static String description(Stage stage) {
        return switch (stage) {
            case EARLY -> "preparing for installation";
            case PARTITIONING -> "configuring storage";
            case NETWORK -> "configuring network";
            case EXTRACT -> "writing install sources to disk";
            case CURTHOOKS -> "configuring installed system";
            case HOOK -> "finalizing installation";
            case LATE -> "executing late commands";
        };
    }
}
