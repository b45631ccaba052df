package dev.vmtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.text.MistakeException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandTemplateTests {

    private static final Attempt ATTEMPT = new Attempt(SampleUnits.unit("A b"), 1, Path.of("/top/engine/A/1"));

    @Test
    void eachPlaceIsFilled() {
        assertThat(new CommandTemplate("srun -c {cpus} --mem={memory}M -t {seconds} -J {unit} {command}").line(ATTEMPT))
                .isEqualTo("srun -c 1 --mem=512M -t 60 -J A-b-bookworm-builtin /top/engine/A/1/run.sh");
        assertThat(new CommandTemplate("ssh ${HOST} {command}").line(ATTEMPT))
                .isEqualTo("ssh ${HOST} /top/engine/A/1/run.sh");
    }

    @Test
    void whatCannotBeFilledIsRefused() {
        assertThatThrownBy(() -> new CommandTemplate("ssh {host} {command}"))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining("there is nothing to put for {host}; the places are {command}, {cpus}, {memory},"
                        + " {seconds}, {unit}");
        assertThatThrownBy(() -> new CommandTemplate("slrum"))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining("does not say where the command goes");
    }
}
