package dev.vmtest.installer;

import dev.vmtest.config.Suggestion;
import dev.vmtest.installconfig.StageCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Find the calls of {@code curtin} in a command that the built-in installer's stand-in for it does not know.
 *
 * <p>The stand-in ({@code curtin-command.sh}) is found by its name in the install environment, and not in the target.
 */
final class CurtinCalls {

    /** The sub-command that the stand-in knows. */
    private static final String KNOWN = "in-target";

    private static final String CURTIN = "curtin";
    private static final int DEEPEST = 8;
    private static final Set<String> SWITCHES = Set.of("-v", "-vv", "-vvv", "--verbose", "--showtrace");
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

    private final List<Unknown> unknown = new ArrayList<>();

    /**
     * Describe a call that would fail.
     *
     * @param call what is called and where
     * @param remedy what to write instead
     */
    record Unknown(String call, String remedy) {}

    private CurtinCalls() {}

    /** Return each call that would fail. */
    static List<Unknown> unknown(StageCommand command) {
        CurtinCalls calls = new CurtinCalls();
        if (command.shell()) {
            calls.script(command.argv().get(0), false, 0);
        } else {
            calls.command(command.argv(), false, 0);
        }
        return calls.unknown.stream().distinct().toList();
    }

    private void script(String text, boolean inTarget, int depth) {
        if (depth < DEEPEST) {
            ShellScript.commands(text).forEach(words -> command(words, inTarget, depth + 1));
        }
    }

    private void command(List<String> words, boolean inTarget, int depth) {
        int first = IntStream.range(0, words.size())
                .filter(index -> !words.get(index).matches("[A-Za-z_][A-Za-z0-9_]*=.*"))
                .findFirst()
                .orElse(words.size());
        if (first == words.size() || depth > DEEPEST) {
            return;
        }
        List<String> arguments = words.subList(first + 1, words.size());
        String program = name(words.get(first));
        if (program.equals(CURTIN)) {
            call(words.get(first), arguments, inTarget, depth);
        } else if (program.equals("eval")) {
            script(String.join(" ", arguments), inTarget, depth);
        } else if (SHELLS.contains(program)) {
            IntStream.range(0, arguments.size() - 1)
                    .filter(index -> arguments.get(index).matches("-[a-z]*c"))
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

    private void call(String program, List<String> arguments, boolean inTarget, int depth) {
        int index = 0;
        while (index < arguments.size() && SWITCHES.contains(arguments.get(index))) {
            index++;
        }
        String subCommand = index < arguments.size() ? arguments.get(index) : "";
        if (subCommand.startsWith("$")) {
            return;
        }
        String call = "'" + (program + " " + subCommand).strip() + "'";
        if (inTarget) {
            unknown.add(new Unknown(
                    call + " in the target",
                    "write the command itself, which 'curtin in-target' runs, or use --installer curtin"));
        } else if (!program.equals(CURTIN) || !subCommand.equals(KNOWN)) {
            String nearest = Suggestion.didYouMean(subCommand, List.of(KNOWN));
            unknown.add(new Unknown(
                    call,
                    (nearest.isEmpty() ? "" : nearest + " ") + "it knows only 'curtin in-target'; use that, a plain"
                            + " command, or --installer curtin"));
        } else {
            command(inner(arguments.subList(index + 1, arguments.size())), true, depth + 1);
        }
    }

    /** Return the command that runs in the target. */
    private static List<String> inner(List<String> arguments) {
        int index = 0;
        while (index < arguments.size() && arguments.get(index).startsWith("-")) {
            String option = arguments.get(index);
            if (option.equals("--")) {
                return arguments.subList(index + 1, arguments.size());
            }
            index += option.equals("-t") || option.equals("--target") ? 2 : 1;
        }
        return arguments.subList(Math.min(index, arguments.size()), arguments.size());
    }

    private static String name(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
