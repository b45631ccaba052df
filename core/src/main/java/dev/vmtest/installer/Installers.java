package dev.vmtest.installer;

import dev.vmtest.text.MistakeException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Know all kinds of installers. */
public final class Installers {

    /** The name of the one that is tested if nobody says otherwise. */
    public static final String USUAL = "builtin";

    private Installers() {}

    /** Return the usual choice. */
    public static InstallerChoice usual() {
        return of(USUAL, "");
    }

    /**
     * Read what a command line or a variable says.
     *
     * @param text a name, or {@code NAME=COMMAND}
     * @param usual the command line where the text has none
     * @throws MistakeException if the text says nothing of the kind
     */
    public static InstallerChoice of(String text, String usual) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        Optional<String> command = equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
        List<InstallerKind> kinds = kinds();
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MistakeException("no installer is called '" + name + "'; these are: "
                        + kinds.stream().map(InstallerKind::name).collect(Collectors.joining(", "))))
                .choose(command, usual);
    }

    private static List<InstallerKind> kinds() {
        return ServiceLoader.load(InstallerKind.class, Installers.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(InstallerKind::name))
                .toList();
    }
}
