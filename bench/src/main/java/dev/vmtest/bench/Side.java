package dev.vmtest.bench;

import dev.vmtest.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the builds that are compared, as a user has it: its program, its images and its emulator.
 *
 * @param name the word for it in names of files and in what is said
 * @param program its {@code bin/vmtest}
 * @param environment what is set when it runs
 */
record Side(String name, Path program, Map<String, String> environment) {

    private static final String IMAGES = "CURTIN_VMTEST_IMAGE_DIR";

    Side {
        environment = Map.copyOf(environment);
    }

    /** This tree, with the emulator that {@code make deps} installs. */
    static Side ours(Laboratory laboratory) {
        return new Side("ours", laboratory.tree().resolve("bin/vmtest"), Map.of());
    }

    /** This tree, with the system's emulator, which is the reference's too. */
    static Side oursWithTheSystemsQemu(Laboratory laboratory) {
        return new Side(
                "ours-system-qemu", laboratory.tree().resolve("bin/vmtest"), Map.of("CURTIN_VMTEST_QEMU", "system"));
    }

    /** The commit that {@code tools/reference} has built. */
    static Side reference(Laboratory laboratory) {
        Path directory = laboratory.tree().resolve("bench/target/reference");
        return new Side(
                "reference",
                directory.resolve("tree/bin/vmtest"),
                Map.of(IMAGES, directory.resolve("images").toAbsolutePath().toString()));
    }

    /** Return the same with its images elsewhere. */
    Side withImages(Path directory) {
        return with(IMAGES, directory.toString());
    }

    /** Return the same with machines of so many processors, however many are to spare. */
    Side withCpus(int count) {
        return with("CURTIN_VMTEST_NR_CPUS", String.valueOf(count));
    }

    /** Return the same, told that it has more processors than there are. */
    Side withProcessors(int count) {
        return with("VMTEST_JAVA_OPTIONS", "-XX:ActiveProcessorCount=" + count);
    }

    private Side with(String variable, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(variable, value);
        return new Side(name, program, all);
    }

    /** Return a command of its program. */
    Command command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(arguments);
        return withEnvironment(Command.of(words));
    }

    /** Return a command that is run as its program would be. */
    Command withEnvironment(Command command) {
        Command made = command;
        for (Map.Entry<String, String> one : environment.entrySet()) {
            made = made.withEnvironment(one.getKey(), one.getValue());
        }
        return made;
    }
}
