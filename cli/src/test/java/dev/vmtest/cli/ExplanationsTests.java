package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.session.RunLog;
import dev.vmtest.session.Surroundings;
import dev.vmtest.text.MistakeException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A user's mistake is one sentence; a defect of ours has its trace, so that it can be reported. */
class ExplanationsTests {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Command(name = "any")
    static final class Any {}

    private int explain(Exception failure) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(Map.of(), directory -> 0L, RunLog.NONE);
        CommandLine command = new CommandLine(new Any());
        return new Explanations(Invocation.of(surroundings, stream, stream))
                .failure(failure, command, command.parseArgs());
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aMistakeIsSaidAlone() {
        assertThat(explain(new MistakeException("there is no topdir x; make it")))
                .isEqualTo(ExitStatus.USAGE);

        assertThat(said()).isEqualTo("vmtest: there is no topdir x; make it\n");
    }

    @Test
    void anArgumentThatVmtestItselfGotWrongIsADefectWithItsTrace() {
        assertThat(explain(new IllegalArgumentException("not a hexadecimal digit: 'x'")))
                .isEqualTo(ExitStatus.INFRASTRUCTURE);

        assertThat(said())
                .startsWith("vmtest: this is a defect of vmtest, please report it:\n")
                .contains("java.lang.IllegalArgumentException: not a hexadecimal digit", "\tat ");
    }
}
