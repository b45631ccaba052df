package dev.vmtest.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Be the JVM that {@link KilledJvmTests} kills: start commands, make a temporary directory, say so, and stay. */
final class KilledMain {

    private KilledMain() {}

    /**
     * Run as a program of its own.
     *
     * @param arguments a working directory, the number of seconds that marks this run's sleeps, and "stay", "stubborn" or "storm"
     */
    public static void main(String... arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        String mark = arguments[1];
        SupervisedProcesses processes = new SupervisedProcesses();
        TemporaryDirectory temporary = TemporaryDirectory.create(directory, "temporary-");
        Files.writeString(temporary.path().resolve("file"), "content");
        if (arguments[2].equals("storm")) {
            Files.createFile(directory.resolve("ready"));
            while (true) {
                var unused = processes.start(Command.of("sleep", mark), directory.resolve("log"));
            }
        }
        List<Running> started = new ArrayList<>();
        started.add(processes.start(Command.of("sleep", mark), directory.resolve("plain.log")));
        started.add(processes.start(
                Command.of("sh", "-c", "sleep " + mark + " & sleep " + mark), directory.resolve("family.log")));
        started.add(processes.startInteractive(Command.of("sleep", mark)));
        if (arguments[2].equals("stubborn")) {
            started.add(processes.start(
                    Command.of("sh", "-c", "trap '' TERM; echo up; while :; do sleep " + mark + "; done"),
                    directory.resolve("stubborn.log")));
        }
        Files.createFile(directory.resolve("ready"));
        // The exits never come: this JVM is killed first.
        for (Running running : started) {
            var unused = running.exit().get();
        }
        new CountDownLatch(1).await();
    }
}
