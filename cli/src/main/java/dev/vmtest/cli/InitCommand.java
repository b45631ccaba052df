package dev.vmtest.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Write a first test. */
@Command(
        name = "init",
        description = {
            "Writes a first test, a configuration that runs as it is, to be changed. What is there already stays as it"
                    + " is.",
            ""
        },
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    /** The file's name, here and where it is written. */
    private static final String FILE = "first.yaml";

    private final Invocation invocation;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description = "Where first.yaml goes; made if it is missing. The current directory otherwise.")
    private Path directory = Path.of(".");

    InitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Path file = directory.resolve(FILE).normalize();
        try (InputStream content = Objects.requireNonNull(InitCommand.class.getResourceAsStream(FILE))) {
            Files.createDirectories(directory);
            Files.write(file, content.readAllBytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException taken) {
            throw new UsageException(taken.getFile()
                    + " is there already and stays as it is; name another directory for the first test");
        } catch (IOException refused) {
            throw new UsageException(file + " cannot be written; name a directory that you may write to");
        }
        invocation.out().println("written " + file);
        invocation
                .out()
                .println("'vmtest check " + file + "' says whether it is right, 'vmtest run " + file + "' runs it");
        return ExitStatus.SUCCESS;
    }
}
