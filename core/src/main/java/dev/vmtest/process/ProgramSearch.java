package dev.vmtest.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Find the file behind a program's name, as a shell would. */
public final class ProgramSearch {

    private ProgramSearch() {}

    /** Return the program's file on this JVM's PATH, if it is installed. */
    public static Optional<Path> find(String program) {
        return find(Command.of(program), System.getenv());
    }

    /** Return the program's file on the PATH of an environment, if it is installed. */
    public static Optional<Path> find(String program, Map<String, String> environment) {
        return find(Command.of(program), environment);
    }

    static Optional<Path> find(Command command, Map<String, String> inherited) {
        Path directory = command.directory() == null ? Path.of("") : command.directory();
        String program = command.program();
        if (program.contains("/")) {
            return Optional.of(directory.resolve(program)).filter(ProgramSearch::isProgram);
        }
        String path = command.environment().getOrDefault("PATH", inherited.getOrDefault("PATH", "/usr/bin:/bin"));
        for (String entry : path.split(File.pathSeparator, -1)) {
            // An empty entry means the working directory (POSIX, Environment Variables).
            Path candidate = directory.resolve(entry).resolve(program);
            if (isProgram(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
