package dev.vmtest.installer;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.process.ShellWords;
import dev.vmtest.text.MistakeException;
import java.util.List;

/**
 * Say which installer is under test.
 *
 * @param name the installer's name: {@code builtin} or {@code curtin}
 * @param command the command line of an external installer, which a shell reads; empty for the built-in one
 */
public record InstallerChoice(String name, String command) {

    /** Test the built-in installer. */
    public static final InstallerChoice BUILTIN = new InstallerChoice(BuiltinInstaller.NAME, "");

    private static final List<String> NAMES = List.of(BuiltinInstaller.NAME, ExternalInstaller.NAME);

    /**
     * Read what a command line or a variable says.
     *
     * @param text {@code builtin}, {@code curtin} or {@code curtin=COMMAND}
     * @param otherwise the command line of {@code curtin} where the text names none
     * @throws MistakeException if the text says nothing of the kind
     */
    public static InstallerChoice of(String text, String otherwise) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (!NAMES.contains(name)) {
            throw new MistakeException("no installer is called '" + name + "'; these are: " + String.join(", ", NAMES));
        }
        if (name.equals(BuiltinInstaller.NAME)) {
            if (equals >= 0) {
                throw new MistakeException("the installer '" + name + "' takes no command; write --installer " + name
                        + ", or --installer " + ExternalInstaller.NAME + "=COMMAND");
            }
            return BUILTIN;
        }
        String command = equals < 0 ? otherwise : text.substring(equals + 1);
        if (command.isBlank()) {
            throw new MistakeException("the installer '" + name + "' has an empty command; write --installer " + name
                    + "=COMMAND, such as --installer " + name + "=/path/to/curtin/bin/curtin");
        }
        return new InstallerChoice(name, command);
    }

    /** Say whether the built-in installer is under test. */
    public boolean isBuiltin() {
        return name.equals(BuiltinInstaller.NAME);
    }

    /** Return an empty collection for what is wrong with a configuration that this installer is given. */
    public Problems problems() {
        return isBuiltin() ? new Problems() : Problems.ofInstallerThatReadsTheFile();
    }

    /** Return what the chosen installer promises; the built-in one refuses what it would leave out. */
    public Promises promises() {
        return isBuiltin() ? Promises.EVERYTHING : ExternalInstaller.PROMISES;
    }

    /** Return the option that makes this choice on a command line, ready to be pasted; empty for the built-in one. */
    public String option() {
        return isBuiltin() ? "" : "--installer " + ShellWords.quote(name + "=" + command);
    }
}
