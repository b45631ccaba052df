package dev.vmtest.engine;

import dev.vmtest.files.NewFile;
import dev.vmtest.process.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Write the script that runs a unit on another host. It holds everything that the unit needs to know, so that whatever
 * starts it passes one word on; it may hold passwords, and is for its owner only.
 *
 * @param vmtest the words that start vmtest
 * @param directory where it is started: files are named relative to it
 * @param units the list of units
 * @param options further words of the command line, such as {@code --installer curtin=/opt/curtin}
 * @param environment the variables that it finds
 */
public record UnitScript(
        List<String> vmtest, Path directory, Path units, List<String> options, Map<String, String> environment) {

    public UnitScript {
        vmtest = List.copyOf(vmtest);
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    /** Write the script of an attempt. */
    void write(Attempt attempt) throws IOException {
        List<String> words = new ArrayList<>(vmtest);
        words.addAll(List.of(
                "run",
                "--units",
                units.toString(),
                "--unit",
                attempt.unit().id(),
                "--topdir",
                attempt.topdir().toString(),
                "--lease",
                attempt.lease().toString()));
        words.addAll(options);
        StringBuilder script = new StringBuilder("#!/bin/sh\n# Runs a unit of vmtest, attempt ")
                .append(attempt.number())
                .append(".\ncd ")
                .append(ShellWords.quote(directory.toString()))
                .append(" || exit 3\n");
        new TreeMap<>(environment)
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append('=')
                        .append(ShellWords.quote(value))
                        .append('\n'));
        script.append("exec ")
                .append(words.stream().map(ShellWords::quote).collect(Collectors.joining(" ")))
                .append('\n');
        Path file = NewFile.write(attempt.script(), script.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
