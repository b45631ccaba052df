package dev.vmtest.installer.builtin;

import dev.vmtest.installconfig.InstallStage;
import java.util.ArrayList;
import java.util.List;

/**
 * Run a command of the configuration.
 *
 * @param stage the stage that it belongs to
 * @param name its key
 * @param argv its words
 */
public record CommandStep(InstallStage stage, String name, List<String> argv) implements Step {

    public CommandStep {
        argv = List.copyOf(argv);
    }

    @Override
    public String describe() {
        return "run command '" + name + "'";
    }

    @Override
    public void write(ScriptWriter script) {
        List<Object> words = new ArrayList<>();
        words.add(stage.text());
        words.add(name);
        words.addAll(argv);
        script.call("run_command", words.toArray());
    }
}
