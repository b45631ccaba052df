package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.result.PhaseResult.Stage;
import dev.vmtest.seed.FirstBootSeed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleStagesTests {

    private int lines;

    @Test
    void cutsAFirstBootAtItsMarks() {
        ConsoleStages stages = ConsoleStages.ofFirstBoot();
        says(stages, 200, "SeaBIOS (version 1.16.2-debian-1.16.2-1)");
        says(stages, 500, "GRUB loading.");
        says(stages, 600, "Welcome to GRUB!");
        says(stages, 5_700, "Probing EDD... o[    0.000000] Linux version 6.1.0-56-cloud-amd64");
        says(stages, 8_000, "[    2.203291] Run /init as init process");
        says(stages, 13_000, "[    7.236220] systemd[1]: Inserted module 'autofs4'");
        says(stages, 20_000, "Welcome to Debian GNU/Linux 12 (bookworm)!");
        says(stages, 30_000, FirstBootSeed.COLLECTING);
        says(stages, 31_500, FirstBootSeed.COLLECTED);
        stages.end("power-off", 33);

        assertThat(stages.stages())
                .containsExactly(
                        new Stage("firmware", 0.5),
                        new Stage("boot loader", 5.2),
                        new Stage("kernel", 2.3),
                        new Stage("initramfs", 5),
                        new Stage("userspace", 17),
                        new Stage("collect", 1.5),
                        new Stage("power-off", 1.5));
    }

    @Test
    void leavesTheTimeOfASilentPartToTheNext() {
        ConsoleStages stages = ConsoleStages.ofFirstBoot();
        says(stages, 500, "GRUB loading.");
        says(stages, 30_000, FirstBootSeed.COLLECTING);
        stages.end("to its end", 90);

        assertThat(stages.stages())
                .containsExactly(new Stage("firmware", 0.5), new Stage("userspace", 29.5), new Stage("to its end", 60));
    }

    @Test
    void doesNotGoBackWhenAMarkIsPrintedAgain() {
        ConsoleStages stages = ConsoleStages.ofDirectKernel();
        says(stages, 1_000, "Linux version 6.1");
        says(stages, 2_000, "Run /init as init process");
        says(stages, 3_000, "Linux version 6.1");
        stages.end("userspace", 1.5);

        assertThat(stages.stages()).containsExactly(new Stage("firmware", 1), new Stage("kernel", 1));
    }

    @Test
    void hearsWhatTheAgentOfAResumedMachineSays() {
        ConsoleStages stages = ConsoleStages.ofResumption();
        says(stages, 900, "[   24.5] python3[160]: " + EphemeralBoot.RESUMED + " at 24.50");
        says(stages, 1_700, "[   25.3] python3[160]: " + EphemeralBoot.HARDWARE + " at 25.30");
        stages.end("agent", 2);

        assertThat(stages.stages())
                .containsExactly(new Stage("resume", 0.9), new Stage("hardware", 0.8), new Stage("agent", 0.3));
    }

    private void says(ConsoleStages stages, long millis, String text) {
        stages.line(new ConsoleLine(Duration.ofMillis(millis), ++lines, text));
    }
}
