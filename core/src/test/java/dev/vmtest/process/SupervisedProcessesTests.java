package dev.vmtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisedProcessesTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final SupervisedProcesses processes = new SupervisedProcesses();

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        processes.close();
    }

    @Test
    void capturesOutputErrorAndStatus() throws Exception {
        Completed completed = processes.run(shell("echo out; echo err >&2; exit 3"), LONG);

        assertThat(completed.exitStatus()).isEqualTo(3);
        assertThat(completed.stdout()).isEqualTo("out\n");
        assertThat(completed.stderr()).isEqualTo("err\n");
        assertThat(completed.succeeded()).isFalse();
        assertThatExceptionOfType(ProcessException.class)
                .isThrownBy(completed::requireSuccess)
                .withMessageContaining("sh ended with exit status 3:\n  err")
                .satisfies(error -> assertThat(error.reason()).isEqualTo(ProcessException.Reason.FAILED));
    }

    @Test
    void reportsTheSignalThatEndedACommand() throws Exception {
        assertThat(processes.run(shell("kill -KILL $$"), LONG).exitStatus()).isEqualTo(128 + 9);
        assertThat(processes.run(shell("kill -TERM $$"), LONG).exitStatus()).isEqualTo(128 + 15);
    }

    @Test
    void leavesSignalsAsTheyWere() throws Exception {
        // A guard that ignores a signal must not hand that on to the command; who started the JVM may (nohup(1)).
        assertThat(processes.run(shell("kill -INT $$; echo alive"), LONG).exitStatus())
                .isEqualTo(isIgnoredHere(2) ? 0 : 128 + 2);
        assertThat(processes.run(shell("kill -HUP $$; echo alive"), LONG).exitStatus())
                .isEqualTo(isIgnoredHere(1) ? 0 : 128 + 1);
    }

    /** The line SigIgn has a bit for each signal, in hexadecimal digits (proc(5)). */
    private static boolean isIgnoredHere(int signal) throws Exception {
        String mask = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
                .strip();
        return (Long.parseUnsignedLong(mask, 16) >> (signal - 1) & 1) == 1;
    }

    @Test
    void givesTheCommandEmptyInputUnlessToldOtherwise() throws Exception {
        Path input = Files.writeString(directory.resolve("in put"), "hello");

        assertThat(processes.run(Command.of("cat"), LONG).stdout()).isEmpty();
        assertThat(processes.run(Command.of("cat").withInput(input), LONG).stdout())
                .isEqualTo("hello");
    }

    @Test
    void leavesNoStrangeChildOrDescriptorToTheCommand() throws Exception {
        Completed completed = processes.run(
                Command.of("bash", "-c", "ls /proc/$$/fd; wait -n; echo status $?; cat /proc/$$/task/$$/children"),
                LONG);

        // 255 is bash's own; 127 says that there was no child to wait for. Any further child would be cat's line.
        assertThat(completed.stdout().lines().filter(line -> line.matches("\\d+")))
                .isSubsetOf("0", "1", "2", "3", "255");
        assertThat(completed.stdout()).contains("status 127");
    }

    @Test
    void passesEnvironmentAndDirectory() throws Exception {
        Command command = shell("echo \"$GREETING\"; pwd")
                .withEnvironment("GREETING", "it's me")
                .withDirectory(directory);

        assertThat(processes.run(command, LONG).stdout()).isEqualTo("it's me\n" + directory.toRealPath() + "\n");
        assertThat(processes
                        .run(Command.of("sh", "-c", command.toShell()), LONG)
                        .stdout())
                .isEqualTo("it's me\n" + directory.toRealPath() + "\n");
    }

    @Test
    void namesAMissingProgram() {
        assertThatExceptionOfType(ProcessException.class)
                .isThrownBy(() -> processes.run(Command.of("no-such-program-here"), LONG))
                .withMessage("the program no-such-program-here is not installed;"
                        + " 'vmtest doctor' names the package that has it")
                .satisfies(error -> assertThat(error.reason()).isEqualTo(ProcessException.Reason.MISSING));
        assertThatExceptionOfType(ProcessException.class)
                .isThrownBy(() -> processes.start(Command.of("/no/such/program"), directory.resolve("log")))
                .satisfies(error -> assertThat(error.reason()).isEqualTo(ProcessException.Reason.MISSING));
    }

    @Test
    void saysThatAWorkingDirectoryIsMissing() {
        assertThatExceptionOfType(ProcessException.class)
                .isThrownBy(() -> processes.run(Command.of("true").withDirectory(directory.resolve("absent")), LONG))
                .withMessageContaining("cannot start true")
                .satisfies(error -> assertThat(error.reason()).isEqualTo(ProcessException.Reason.NOT_STARTED));
    }

    @Test
    void endsTheWholeGroupWhenTimeIsUp() throws Exception {
        Path pid = directory.resolve("pid");

        assertThatExceptionOfType(ProcessException.class)
                .isThrownBy(() ->
                        processes.run(shell("sleep 1000 & echo $! > '" + pid + "'; wait"), Duration.ofMillis(700)))
                .withMessageContaining("sh did not end within 0.7 s")
                .satisfies(error -> assertThat(error.reason()).isEqualTo(ProcessException.Reason.TIMED_OUT));
        awaitGone(readPid(pid));
    }

    @Test
    void endsTheCommandOnInterruptAndKeepsTheFlag() throws Exception {
        Path pid = directory.resolve("pid");
        var failure = new java.util.concurrent.CompletableFuture<ProcessException.Reason>();
        Thread thread = new Thread(() -> {
            try {
                processes.run(shell("echo $$ > '" + pid + "'; sleep 1000"), LONG);
            } catch (ProcessException error) {
                if (Thread.currentThread().isInterrupted()) {
                    failure.complete(error.reason());
                }
            }
        });
        thread.start();
        long child = readPid(pid);
        thread.interrupt();

        assertThat(failure.get(30, TimeUnit.SECONDS)).isEqualTo(ProcessException.Reason.INTERRUPTED);
        awaitGone(child);
    }

    @Test
    void endsACommandThatWritesTooMuch() {
        assertThatExceptionOfType(ProcessException.class)
                .isThrownBy(() -> processes.run(Command.of("cat", "/dev/zero"), LONG))
                .satisfies(error -> assertThat(error.reason()).isEqualTo(ProcessException.Reason.TOO_MUCH_OUTPUT));
    }

    @Test
    void killsWhatACommandLeavesBehind() throws Exception {
        Completed completed = processes.run(shell("sleep 1000 & echo $!"), LONG);

        awaitGone(Long.parseLong(completed.stdout().strip()));
        assertThat(completed.duration()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void appendsToTheOutputFileAndReportsTheExit() throws Exception {
        Path log = Files.writeString(directory.resolve("log"), "before\n");
        Running running = processes.start(shell("echo out; echo err >&2; exit 7"), log);

        assertThat(running.exit().get(30, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(log).hasContent("before\nout\nerr\n");
        assertThat(running.isAlive()).isFalse();
        running.terminate();
        running.close();
    }

    @Test
    void knowsThePidOfTheCommandItself() throws Exception {
        Path log = directory.resolve("log");
        Running running = processes.start(Command.of("sleep", "1000"), log);

        await().until(() -> ProcessHandle.of(running.pid())
                .flatMap(handle -> handle.info().command())
                .filter(command -> command.endsWith("/sleep"))
                .isPresent());
        running.terminate();
        assertThat(running.exit().get(30, TimeUnit.SECONDS)).isEqualTo(128 + 15);
    }

    @Test
    void terminatesPolitelyFirst() throws Exception {
        Path log = directory.resolve("log");
        Running running = processes.start(shell("trap 'echo bye; exit 5' TERM; echo up; sleep 1000 & wait"), log);
        awaitContent(log, "up");

        running.terminate();
        assertThat(running.exit().get(30, TimeUnit.SECONDS)).isEqualTo(5);
        assertThat(log).content().contains("bye");
    }

    @Test
    void killsWhatIgnoresTerm() throws Exception {
        Path log = directory.resolve("log");
        Running running = processes.start(shell("trap '' TERM; echo up; while :; do sleep 1000; done"), log);
        awaitContent(log, "up");

        running.terminate(Duration.ofMillis(200));
        assertThat(running.exit().get(30, TimeUnit.SECONDS)).isEqualTo(128 + 9);
    }

    @Test
    void endsACommandWhoseGuardWasKilled() throws Exception {
        Path log = directory.resolve("log");
        Running running = processes.start(shell("echo up; exec sleep 1000"), log);
        awaitContent(log, "up");
        await().until(() -> guardOf(running.pid()).isPresent());
        long guard = guardOf(running.pid()).orElseThrow();
        assertThat(ProcessHandle.of(guard).orElseThrow().destroyForcibly()).isTrue();
        awaitGone(guard);

        running.close();
        assertThat(running.exit().get(1, TimeUnit.SECONDS)).isEqualTo(128 + 15);
    }

    @Test
    void closesEverythingThatStillRuns() throws Exception {
        Running first = processes.start(Command.of("sleep", "1000"), directory.resolve("a"));
        Running second = processes.start(Command.of("sleep", "1000"), directory.resolve("b"));

        processes.close();
        assertThat(first.isAlive()).isFalse();
        assertThat(second.isAlive()).isFalse();
    }

    @Test
    void sharesTheJvmsInputWithAnInteractiveCommand() throws Exception {
        Path seen = directory.resolve("seen");
        Running running = processes.startInteractive(shell("readlink /proc/self/fd/0 > '" + seen + "'; exit 4"));

        assertThat(running.exit().get(30, TimeUnit.SECONDS)).isEqualTo(4);
        assertThat(seen)
                .hasContent(Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString());
    }

    private static Optional<Long> guardOf(long group) {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.pid() != group)
                .filter(handle -> processGroup(handle.pid()) == group)
                .map(ProcessHandle::pid)
                .findFirst();
    }

    private static long processGroup(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // proc(5): after the command's name in parentheses come state, ppid, pgrp.
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[2]);
        } catch (java.io.IOException gone) {
            return -1;
        }
    }

    private static Command shell(String script) {
        return Command.of("sh", "-c", script);
    }

    private static void awaitContent(Path file, String text) {
        await().until(() -> Files.readString(file).contains(text));
    }

    private static long readPid(Path file) throws Exception {
        await().until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
        return Long.parseLong(Files.readString(file).strip());
    }

    private static void awaitGone(long pid) {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
