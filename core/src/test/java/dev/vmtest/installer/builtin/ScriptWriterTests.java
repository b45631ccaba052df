package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptWriterTests {

    private static final List<String> NASTY = List.of(
            "main_disk_with-in---valid--dname",
            "it's",
            "a b",
            "$(id)",
            "`id`",
            "\"quoted\"",
            "it's \"both\" $x",
            "back\\slash",
            "new\nline",
            "",
            "*",
            "~",
            "-n",
            "a=b",
            "ünï",
            "tab\there",
            "!history",
            "it's\\n",
            "'''",
            "END");

    @Test
    void quotesTextsSoThatTheShellReadsThemBack(@TempDir Path directory) throws Exception {
        ScriptWriter script = new ScriptWriter();
        script.raw("show() { printf '%s\\0' \"$@\"; }");
        script.call("show", NASTY.toArray());
        Path file = Files.writeString(directory.resolve("script"), script.text());

        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            String printed = processes
                    .run(Command.of("dash", file.toString()), Duration.ofSeconds(20))
                    .requireSuccess()
                    .stdout();
            assertThat(printed).isEqualTo(String.join("\0", NASTY) + "\0");
        }
    }

    @Test
    void readsLinesAndTextsBack(@TempDir Path directory) throws Exception {
        ScriptWriter script = new ScriptWriter();
        script.callWithInput(List.of("END", "$(id) 'x' \\"), "cat");
        script.callWithText("no newline at 'the' end\\n$x", "cat");
        Path file = Files.writeString(directory.resolve("script"), script.text());

        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            String printed = processes
                    .run(Command.of("dash", file.toString()), Duration.ofSeconds(20))
                    .requireSuccess()
                    .stdout();
            assertThat(printed).isEqualTo("END\n$(id) 'x' \\\nno newline at 'the' end\\n$x");
        }
    }

    @Test
    void givesEachDeviceAVariableOfItsOwn() {
        ScriptWriter script = new ScriptWriter();

        assertThat(script.device("disk a").shell()).isEqualTo("\"$device_disk_a\"");
        assertThat(script.device("disk-a").shell()).isEqualTo("\"$device_disk_a_2\"");
        assertThat(script.name("disk a").shell()).isEqualTo("device_disk_a");
    }
}
