package dev.vmtest.installer.builtin;

import dev.vmtest.secret.KnownSecrets;
import java.util.List;

/**
 * Hold what the built-in installer does, stage by stage.
 *
 * <p>A plan is data: a copy with a step changed or left out writes the script of another installer.
 */
public record InstallPlan(PlanSettings settings, List<PlannedStage> stages) {

    public InstallPlan {
        stages = List.copyOf(stages);
    }

    /**
     * Return the plan as one POSIX shell script.
     *
     * @param version the version of vmtest that the install log names
     */
    public String script(String version) {
        return InstallScript.of(this, version, new ScriptWriter());
    }

    /**
     * Return the script as it is shown to people: secrets are not in it, also where a command of the configuration
     * repeats one.
     *
     * @param version the version of vmtest that the install log names
     * @param secrets the secrets of the configuration
     */
    public String shownScript(String version, KnownSecrets secrets) {
        return secrets.hideIn(InstallScript.of(this, version, ScriptWriter.forPeople(secrets)));
    }
}
