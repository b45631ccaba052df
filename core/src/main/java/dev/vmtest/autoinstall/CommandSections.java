package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.List;

/** Read the lists of commands: each is a line of shell, or a list of words. */
final class CommandSections {

    private final MapReader body;
    private final Draft draft;

    CommandSections(MapReader body, Draft draft) {
        this.body = body;
        this.draft = draft;
    }

    void read() {
        commands("early-commands", "early_commands", "autoinstall-");
        // After what the identity and the packages need, as the manual has it.
        commands("late-commands", "late_commands", "autoinstall-9-late-");
        ListValue onError = body.list("error-commands");
        if (onError != null && !onError.items().isEmpty()) {
            draft.notDone(
                    onError.location(), "error-commands run only where an install has failed, and change no verdict");
        }
    }

    private void commands(String key, String section, String prefix) {
        ListValue list = body.list(key);
        List<Value> items = list == null ? List.of() : list.items();
        for (int index = 0; index < items.size(); index++) {
            Value command = items.get(index);
            if (isCommand(key, command)) {
                // Commands run in the order of their names.
                draft.put(section, "%s%04d".formatted(prefix, index), command);
            }
        }
    }

    private boolean isCommand(String key, Value command) {
        if (command instanceof ScalarValue line) {
            if (!(line.value() instanceof String)) {
                problem(key, command, "must be a line of shell or a list of words, not " + command.describe());
                return false;
            }
            if (line.text().isBlank()) {
                problem(key, command, "is empty");
                return false;
            }
            return true;
        }
        if (!(command instanceof ListValue words)) {
            problem(
                    key,
                    command,
                    "must be a line of shell or a list of words, not a mapping; a ': ' inside needs quotes around the"
                            + " whole line");
            return false;
        }
        if (words.items().isEmpty()) {
            problem(key, command, "is empty");
            return false;
        }
        boolean isGood = true;
        for (Value word : words.items()) {
            if (!(word instanceof ScalarValue scalar && scalar.value() instanceof String)) {
                problem(key, word, "must list texts, not " + word.describe());
                isGood = false;
            }
        }
        return isGood;
    }

    private void problem(String key, Value at, String what) {
        body.problems().add(at.location(), "autoinstall: a command of '" + key + "' " + what);
    }
}
