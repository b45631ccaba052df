package dev.vmtest.installer.builtin;

import dev.vmtest.process.ShellWords;
import dev.vmtest.secret.KnownSecrets;
import dev.vmtest.secret.Secret;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Write a plan as POSIX shell: every text is quoted here, and every device has one variable.
 *
 * <p>Mutable and confined to one thread.
 */
public final class ScriptWriter {

    private static final String INDENT = "    ";
    private static final Pattern NEEDS_NO_ESCAPE = Pattern.compile("[A-Za-z0-9 '_./:,@%+=()-]*");

    private final Function<Secret, String> reading;
    private final UnaryOperator<String> plain;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> used = new TreeSet<>();

    /** Write a script that is run: with its secrets. */
    public ScriptWriter() {
        this(Secret::reveal, UnaryOperator.identity());
    }

    private ScriptWriter(Function<Secret, String> reading, UnaryOperator<String> plain) {
        this.reading = reading;
        this.plain = plain;
    }

    /** Return a writer of a script that is shown to people: without its secrets, also where a plain text repeats one. */
    static ScriptWriter forPeople(KnownSecrets secrets) {
        return new ScriptWriter(Secret::toString, secrets::hideIn);
    }

    /** Hold a word of a command that is shell already. */
    public record Word(String shell) {}

    /** Return the word that means exactly a text. */
    public static Word quoted(String text) {
        return new Word(quote(text));
    }

    /** Quote a text, by double quotes where that reads better and means the same. */
    static String quote(String text) {
        boolean apostrophe = text.indexOf('\'') >= 0;
        return apostrophe && NEEDS_NO_ESCAPE.matcher(text).matches() ? '"' + text + '"' : ShellWords.quote(text);
    }

    /** Return the word that names the variable of a device, for a command that sets it. */
    public Word name(String id) {
        return new Word(variable(id));
    }

    /** Return the word that becomes the path of a device. */
    public Word device(String id) {
        used.add(variable(id));
        return new Word("\"$" + variable(id) + "\"");
    }

    /** Return the word that becomes a path below the target. */
    public Word inTarget(String path) {
        return new Word("\"$target\"" + quote(path));
    }

    /** Return the word that becomes what a command prints. */
    public Word substitute(String function, Object... words) {
        return new Word("\"$(" + command(function, words) + ")\"");
    }

    /** Write a call; texts and secrets are quoted, {@link Word}s stand as they are. */
    public void call(String function, Object... words) {
        text.append(INDENT).append(command(function, words)).append('\n');
    }

    /** Write a call that reads lines as its standard input. */
    public void callWithInput(List<String> lines, String function, Object... words) {
        String end = "END";
        while (lines.contains(end)) {
            end += "_";
        }
        text.append(INDENT)
                .append(command(function, words))
                .append(" <<'")
                .append(end)
                .append("'\n");
        lines.forEach(line -> text.append(plain.apply(line)).append('\n'));
        text.append(end).append('\n');
    }

    /** Write a call that reads a text, byte for byte, as its standard input. */
    public void callWithText(Secret input, String function, Object... words) {
        callWithText(reading.apply(input), function, words);
    }

    /** Write a call that reads a text, byte for byte, as its standard input. */
    public void callWithText(String input, String function, Object... words) {
        text.append(INDENT)
                .append("printf '%s' ")
                .append(quote(plain.apply(input)))
                .append(" | ")
                .append(command(function, words))
                .append('\n');
    }

    /** Write a secret to a file that only this script can read, and return the word for its path. */
    public Word secretFile(Secret secret) {
        text.append(INDENT)
                .append("printf '%s' ")
                .append(quote(reading.apply(secret)))
                .append(" >\"$work/secret\"\n");
        return new Word("\"$work/secret\"");
    }

    /** Write lines that are shell already. */
    void raw(String shell) {
        text.append(shell);
        if (!shell.endsWith("\n")) {
            text.append('\n');
        }
    }

    /** Write an assignment. */
    void assign(String variable, String value) {
        // A lone '' is easier to miss than an empty right side, and shellcheck asks for it.
        text.append(variable).append('=').append(quote(plain.apply(value))).append('\n');
    }

    /** Write an assignment of a secret. */
    void assign(String variable, Secret value) {
        assign(variable, reading.apply(value));
    }

    /** Declare the variables of all devices that were used so far. */
    void declareDevices() {
        used.forEach(name -> text.append(name).append("=''\n"));
    }

    /** Return what was written. */
    String text() {
        return text.toString();
    }

    private String command(String function, Object... words) {
        StringBuilder command = new StringBuilder(function);
        for (Object word : words) {
            command.append(' ');
            if (word instanceof Word shell) {
                command.append(shell.shell());
            } else {
                command.append(
                        quote(word instanceof Secret secret ? reading.apply(secret) : plain.apply(word.toString())));
            }
        }
        return command.toString();
    }

    private String variable(String id) {
        return names.computeIfAbsent(id, this::newVariable);
    }

    private String newVariable(String id) {
        String base = "device_" + id.replaceAll("[^A-Za-z0-9_]", "_");
        String name = base;
        for (int number = 2; !taken.add(name); number++) {
            name = base + "_" + number;
        }
        return name;
    }
}
