package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.machine.ConsoleTerminal;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachedTerminalTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final BlockingQueue<String> reached = new LinkedBlockingQueue<>();
    private final PipedOutputStream person = new PipedOutputStream();

    private AttachedTerminal open() throws IOException {
        AttachedTerminal terminal =
                AttachedTerminal.of(new PipedInputStream(person), new PrintStream(shown, true, StandardCharsets.UTF_8));
        terminal.attach(new Guest());
        return terminal;
    }

    private void press(String keys) throws IOException {
        person.write(keys.getBytes(StandardCharsets.UTF_8));
        person.flush();
    }

    private String next() throws InterruptedException {
        String next = reached.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    @Test
    void keysReachTheGuestAndItsOutputTheTerminal() throws Exception {
        try (AttachedTerminal terminal = open()) {
            press("ls\r");
            assertThat(next()).isEqualTo("type ls\r");
            press("\003\004");
            assertThat(next()).isEqualTo("type \003\004");
            byte[] output = "\033[1mlogin: ".getBytes(StandardCharsets.UTF_8);
            terminal.show(output, output.length - 1);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("\033[1mlogin:");
    }

    @Test
    void ctrlABeginsACommand() throws Exception {
        try (AttachedTerminal terminal = open()) {
            press("\001p");
            assertThat(next()).isEqualTo("power button");
            press("x\001");
            assertThat(next()).isEqualTo("type x");
            press("x");
            assertThat(next()).isEqualTo("leave");
            press("\001ab\001\001");
            assertThat(next()).isEqualTo("type \001b\001");
            press("\001hend");
            assertThat(next()).isEqualTo("type end");
            assertThat(terminal).isNotNull();
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("Ctrl-a x  leave");
    }

    @Test
    void theTerminalIsGivenBackAsItWasFound(@TempDir Path directory) throws Exception {
        Path script =
                Path.of("src/main/resources/dev/vmtest/cli/raw-terminal.sh").toAbsolutePath();
        // A terminal of its own, whose settings are seen before, while and after the script has it.
        Path test = Files.writeString(directory.resolve("test"), """
                stty -a >before
                mkfifo set
                cat >stty-wrapper <<'END'
                #!/bin/sh
                "$REAL_STTY" "$@" || exit 1
                case $1 in -icanon) echo >set ;; esac
                END
                chmod +x stty-wrapper
                mkdir programs
                mv stty-wrapper programs/stty
                REAL_STTY=$(command -v stty) PATH=$PWD/programs:$PATH sh "$SCRIPT" </dev/tty &
                read -r _ <set
                stty -a >while
                kill -TERM $!
                wait $!
                stty -a >after
                """);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Completed ran = processes.run(
                    Command.of("script", "-qec", "sh " + test, "/dev/null")
                            .withDirectory(directory)
                            .withEnvironment("SCRIPT", script.toString()),
                    LONGEST);
            assertThat(ran.exitStatus()).as(ran.stdout()).isZero();
        }
        assertThat(directory.resolve("while")).content().contains("-icanon").contains("-isig");
        assertThat(directory.resolve("before")).content().contains(" icanon");
        assertThat(directory.resolve("after")).hasSameTextualContentAs(directory.resolve("before"));
    }

    /** Remembers what reaches it. */
    private final class Guest implements ConsoleTerminal.Keys {

        @Override
        public void type(byte[] bytes) {
            reached.add("type " + new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void powerButton() {
            reached.add("power button");
        }

        @Override
        public void leave() {
            reached.add("leave");
        }
    }
}
