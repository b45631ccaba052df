package dev.vmtest.process;

import dev.vmtest.secret.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describe an external command: what to run, with which additions to the environment, where, and what it reads.
 *
 * <p>Whoever shows a command shows its secrets as {@value Secret#SHOWN}. A program's arguments are seen by every user of
 * the host while it runs: give a secret by a file or an input where the program takes one.
 *
 * @param words the program and its arguments; never passed through a shell
 * @param environment variables set on top of this JVM's environment
 * @param directory the working directory, or null for this JVM's
 * @param input the file that the command reads as standard input, or null for an empty one
 */
public record Command(
        List<Argument> words,
        Map<String, String> environment,
        @Nullable Path directory,
        @Nullable Path input) {

    public Command {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        // An ordered copy: the shell form of a command must not differ from run to run.
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** Describe a command by its program and arguments. */
    public static Command of(String... arguments) {
        return of(List.of(arguments));
    }

    /** Describe a command by its program and arguments. */
    public static Command of(List<String> arguments) {
        return new Command(plain(arguments), Map.of(), null, null);
    }

    /** Return the program's name or path: the first argument. */
    public String program() {
        return words.get(0).shown();
    }

    /** Return the program and its arguments as they are shown: without the secrets among them. */
    public List<String> arguments() {
        return words.stream().map(Argument::shown).toList();
    }

    /** Return the program and its arguments as the system gets them. */
    public List<String> revealedArguments() {
        return words.stream().map(Argument::revealed).toList();
    }

    /** Return this command with more arguments at its end. */
    public Command with(String... more) {
        return with(plain(List.of(more)));
    }

    /** Return this command with an argument at its end that is never shown. */
    public Command with(Secret secret) {
        return with(List.of(new Argument.Hidden(secret)));
    }

    private Command with(List<Argument> more) {
        List<Argument> all = new ArrayList<>(words);
        all.addAll(more);
        return new Command(all, environment, directory, input);
    }

    private static List<Argument> plain(List<String> arguments) {
        return arguments.stream().<Argument>map(Argument.Plain::new).toList();
    }

    /** Return this command with one more variable. */
    public Command withEnvironment(String name, String value) {
        return withEnvironment(Map.of(name, value));
    }

    /** Return this command with more variables; they replace those of the same name. */
    public Command withEnvironment(Map<String, String> more) {
        Map<String, String> merged = new LinkedHashMap<>(environment);
        merged.putAll(more);
        return new Command(words, merged, directory, input);
    }

    /** Return this command with a working directory. */
    public Command withDirectory(Path newDirectory) {
        return new Command(words, environment, newDirectory, input);
    }

    /** Return this command with a file as its standard input. */
    public Command withInput(Path newInput) {
        return new Command(words, environment, directory, newInput);
    }

    /** Return one line that does the same when it is pasted into a POSIX shell and its secrets are filled in. */
    public String toShell() {
        StringBuilder line = new StringBuilder();
        if (directory != null) {
            line.append("cd ").append(ShellWords.quote(directory.toString())).append(" && ");
        }
        environment.forEach((name, value) ->
                line.append(name).append('=').append(ShellWords.quote(value)).append(' '));
        line.append(arguments().stream().map(ShellWords::quote).collect(Collectors.joining(" ")));
        if (input != null) {
            line.append(" < ").append(ShellWords.quote(input.toString()));
        }
        return line.toString();
    }

    @Override
    public String toString() {
        return toShell();
    }
}
