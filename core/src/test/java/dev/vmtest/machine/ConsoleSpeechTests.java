package dev.vmtest.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsoleSpeechTests {

    private final ConsoleSpeech speech = new ConsoleSpeech();
    private final List<Utterance> heard = new ArrayList<>();
    private long lines;

    @Test
    void tellsSpeakersApart() {
        say(
                "SeaBIOS (version 1.16.2)",
                "Probing EDD (edd=off to disable)... ok[    0.000000] Linux version 6.1.0",
                "[    0.100000][    T1] pci 0000:00:01.0: BAR 1",
                "Begin: Loading essential drivers ... done.",
                "[    2.100000] systemd-udevd[99]: vda: ready",
                "Begin: Running /scripts/init-premount ... done.",
                "[    3.000000] systemd[1]: systemd 252 running",
                "[  OK  ] Reached target swap.target",
                "[    4.000000] (udev-worker)[139]: vda1: linked",
                "login: ");

        assertThat(heard.stream().map(Utterance::speaker))
                .containsExactly(
                        Speaker.BOOT_LOADER,
                        Speaker.BOOT_LOADER,
                        Speaker.KERNEL,
                        Speaker.KERNEL,
                        Speaker.INITRAMFS,
                        Speaker.PROGRAM,
                        Speaker.INITRAMFS,
                        Speaker.PROGRAM,
                        Speaker.UNNAMED,
                        Speaker.PROGRAM,
                        Speaker.UNNAMED);
        assertThat(texts())
                .contains("Linux version 6.1.0", "pci 0000:00:01.0: BAR 1", "systemd[1]: systemd 252 running");
    }

    @Test
    void putsAProgramsLineTogetherAtEachPlaceWhereTheKernelBreaksIt() {
        String line = "[   17.100000] python3[218]: curtin: Installation finished.";
        for (int at = 1; at < line.length(); at++) {
            if (line.substring(0, at).endsWith("]: ")) {
                // All that stands before the kernel's words is a program's name: it quotes them.
                continue;
            }
            heard.clear();
            say("[   17.000000] ext4", line.substring(0, at) + "[   17.123456] vdc: vdc1", line.substring(at), "next");

            assertThat(texts())
                    .as("broken at %d", at)
                    .contains("python3[218]: curtin: Installation finished.", "vdc: vdc1", "next");
        }
    }

    @Test
    void leavesWhatAProgramQuotesOfTheKernelInItsMouth() {
        say(
                "[   99.000000] python3[218]: [   98.900000] Out of memory: quoted at once",
                "[   99.100000] python3[218]: dmesg said [    1.234567] Kernel panic - of old",
                "next");

        assertThat(heard)
                .extracting(Utterance::speaker)
                .containsExactly(Speaker.PROGRAM, Speaker.PROGRAM, Speaker.UNNAMED);
        assertThat(texts()).last().isEqualTo("next");
    }

    @Test
    void keepsAnOpenLineOverManyRecordsAndWithinABound() {
        say("[    1.000000] a", "Please [    1.100000] one", "[    1.200000] two", "[    1.300000] three", "unlock");
        assertThat(texts()).containsExactly("a", "one", "two", "three", "Please unlock");

        heard.clear();
        for (int count = 0; count < 100; count++) {
            say("x".repeat(200) + "[    1.400000] again");
        }
        say("end");
        assertThat(heard).allMatch(each -> each.text().length() <= Console.LONGEST_LINE);
    }

    @Test
    void saysWhatIsBegun() {
        say("[    1.000000] a", "Please un[    1.100000] record");

        assertThat(speech.unfinished("lock disk: ", 3))
                .containsExactly(new Utterance(Speaker.INITRAMFS, "Please unlock disk: ", 2));
        assertThat(speech.unfinished("[    1.200000] Kernel pa", 3))
                .containsExactly(
                        new Utterance(Speaker.INITRAMFS, "Please un", 2),
                        new Utterance(Speaker.KERNEL, "Kernel pa", 3));
        assertThat(speech.unfinished("", 3)).containsExactly(new Utterance(Speaker.INITRAMFS, "Please un", 2));
    }

    private void say(String... texts) {
        for (String text : texts) {
            lines++;
            heard.addAll(speech.line(text, lines));
        }
    }

    private List<String> texts() {
        return heard.stream().map(Utterance::text).toList();
    }
}
