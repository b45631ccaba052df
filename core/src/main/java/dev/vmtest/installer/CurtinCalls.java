package dev.vmtest.installer;

import dev.vmtest.installconfig.StageCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Find the calls of {@code curtin} in a command, also those in the scripts that it hands to a shell. */
public final class CurtinCalls {

    /** The sub-command that runs a command in the target. */
    public static final String IN_TARGET = "in-target";

    /** The sub-command that does what a section {@code apt} asks for. */
    public static final String APT_CONFIG = "apt-config";

    private static final String CURTIN = "curtin";
    private static final int DEEPEST = 8;
    private static final Set<String> SWITCHES = Set.of("-v", "-vv", "-vvv", "--verbose", "--showtrace");

    /** Curtin's options before the sub-command that take the next word. */
    private static final Set<String> OPTIONS_WITH_VALUE = Set.of("-c", "--config", "--set", "--log-file");

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");

    /** Programs and words of the shell that run the command which follows them somewhere. */
    private static final Set<String> WRAPPERS = Set.of(
            "env",
            "exec",
            "command",
            "sudo",
            "nice",
            "ionice",
            "nohup",
            "setsid",
            "stdbuf",
            "timeout",
            "time",
            "xargs",
            "strace",
            "systemd-run",
            "chroot",
            "if",
            "then",
            "else",
            "elif",
            "while",
            "until",
            "do",
            "!",
            "{");

    private final List<Call> calls = new ArrayList<>();

    /**
     * Describe a call.
     *
     * @param program what is called: {@code curtin}, or a path that ends so
     * @param option the first option before the sub-command that is no switch of how much is said, or empty
     * @param subCommand its sub-command, or empty
     * @param inTarget whether it runs in the target
     * @param place where it stands, see {@link StageCommand#location(int)}
     */
    public record Call(String program, String option, String subCommand, boolean inTarget, int place) {

        /** Return the words that a message shows. */
        public String shown() {
            return "'" + (program + " " + (option.isEmpty() ? subCommand : option)).strip() + "'";
        }

        private Call anywhere() {
            return new Call(program, option, subCommand, inTarget, 0);
        }
    }

    private CurtinCalls() {}

    /** Return each call where it stands first; a sub-command that only a variable holds is not known. */
    public static List<Call> of(StageCommand command) {
        CurtinCalls found = new CurtinCalls();
        if (command.shell()) {
            found.script(ScriptText.of(command.argv().get(0), 0), false, 0);
        } else {
            List<ScriptText> words = new ArrayList<>();
            int first = 0;
            for (String word : command.argv()) {
                words.add(ScriptText.of(word, first));
                first += word.length();
            }
            found.command(words, false, 0);
        }
        Map<Call, Call> first = new LinkedHashMap<>();
        found.calls.forEach(call -> first.putIfAbsent(call.anywhere(), call));
        return List.copyOf(first.values());
    }

    private void script(ScriptText text, boolean inTarget, int depth) {
        if (depth < DEEPEST) {
            ShellScript.commands(text).forEach(words -> command(words, inTarget, depth + 1));
        }
    }

    private void command(List<ScriptText> words, boolean inTarget, int depth) {
        int first = IntStream.range(0, words.size())
                .filter(index -> !words.get(index).text().matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*"))
                .findFirst()
                .orElse(words.size());
        if (first == words.size() || depth > DEEPEST) {
            return;
        }
        List<ScriptText> arguments = words.subList(first + 1, words.size());
        String program = name(words.get(first));
        if (program.equals(CURTIN)) {
            call(words.get(first), arguments, inTarget, depth);
        } else if (program.equals("eval")) {
            script(ScriptText.joined(arguments), inTarget, depth);
        } else if (SHELLS.contains(program)) {
            IntStream.range(0, arguments.size() - 1)
                    .filter(index -> arguments.get(index).text().matches("-[a-z]*c"))
                    .findFirst()
                    .ifPresent(index -> script(arguments.get(index + 1), inTarget, depth));
        } else if (WRAPPERS.contains(program)) {
            IntStream.range(0, arguments.size())
                    .filter(index -> runs(name(arguments.get(index))))
                    .findFirst()
                    .ifPresent(index -> command(
                            arguments.subList(index, arguments.size()),
                            inTarget || program.equals("chroot"),
                            depth + 1));
        }
    }

    private static boolean runs(String program) {
        return program.equals(CURTIN)
                || program.equals("eval")
                || SHELLS.contains(program)
                || WRAPPERS.contains(program);
    }

    private void call(ScriptText program, List<ScriptText> arguments, boolean inTarget, int depth) {
        int index = 0;
        String option = "";
        while (index < arguments.size() && arguments.get(index).text().startsWith("-")) {
            String word = arguments.get(index).text();
            option = option.isEmpty() && !SWITCHES.contains(word) ? word : option;
            index += OPTIONS_WITH_VALUE.contains(word) ? 2 : 1;
        }
        String subCommand = index < arguments.size() ? arguments.get(index).text() : "";
        if (subCommand.startsWith("$")) {
            return;
        }
        calls.add(new Call(program.text(), option, subCommand, inTarget, program.place()));
        if (subCommand.equals(IN_TARGET)) {
            command(inner(arguments.subList(index + 1, arguments.size())), true, depth + 1);
        }
    }

    /** Return the command that runs in the target. */
    private static List<ScriptText> inner(List<ScriptText> arguments) {
        int index = 0;
        while (index < arguments.size() && arguments.get(index).text().startsWith("-")) {
            String option = arguments.get(index).text();
            if (option.equals("--")) {
                return arguments.subList(index + 1, arguments.size());
            }
            index += option.equals("-t") || option.equals("--target") ? 2 : 1;
        }
        return arguments.subList(Math.min(index, arguments.size()), arguments.size());
    }

    private static String name(ScriptText program) {
        return program.text().substring(program.text().lastIndexOf('/') + 1);
    }
}
