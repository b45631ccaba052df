package dev.vmtest.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleTests {

    private final List<ConsoleLine> heard = new ArrayList<>();
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private long now;
    private final Console console = new Console(() -> now, heard::add, copy);

    @Test
    void cutsTheStreamIntoTimestampedLines() throws Exception {
        write("first\r\nsec");
        now = Duration.ofMillis(1500).toNanos();
        write("ond\n");

        assertThat(heard)
                .containsExactly(
                        new ConsoleLine(Duration.ZERO, 1, "first"),
                        new ConsoleLine(Duration.ofMillis(1500), 2, "second"));
        assertThat(console.lastLine()).contains(heard.get(1));
    }

    @Test
    void keepsTheBytesAsTheyCame() throws Exception {
        write("\u001b[31mred\u001b[0m\n");

        assertThat(copy.toString(StandardCharsets.UTF_8)).isEqualTo("\u001b[31mred\u001b[0m\n");
        assertThat(heard.get(0).text()).isEqualTo("red");
    }

    @Test
    void dropsWhatIsTooLongForALine() throws Exception {
        write("x".repeat(3 * Console.LONGEST_LINE) + "\nnext\n");

        assertThat(heard.get(0).text()).hasSize(Console.LONGEST_LINE);
        assertThat(heard.get(1).text()).isEqualTo("next");
    }

    @Test
    void endsTheCopyOfAGuestThatNeverStops() throws Exception {
        byte[] flood = "y".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (long written = 0; written <= Console.LONGEST_COPY; written += flood.length) {
            console.accept(flood, flood.length);
        }

        assertThat(copy.size()).isBetween((int) Console.LONGEST_COPY, (int) Console.LONGEST_COPY + 100);
        assertThat(console.bytes()).isGreaterThan(Console.LONGEST_COPY);
    }

    @Test
    void takesAnUnfinishedLineAtTheEnd() throws Exception {
        write("login: ");
        console.end();

        assertThat(heard).extracting(ConsoleLine::text).containsExactly("login: ");
    }

    @Test
    void answersAQuestionOnceForEachTimeItIsAsked() throws Exception {
        Console asked = new Console(
                () -> 0,
                heard::add,
                null,
                List.of(),
                List.of(new ConsoleAnswer(Pattern.compile("disk root: "), new Secret("sesame"))));
        String prompt = "Please unlock disk root: ";
        for (byte letter : prompt.getBytes(StandardCharsets.UTF_8)) {
            asked.accept(new byte[] {letter}, 1);
        }

        assertThat(asked.typed()).isEqualTo("sesame\r");
        write(asked, "\r\nNo key available with this passphrase.\r\n" + prompt);
        write(asked, "\r\n" + prompt);
        assertThat(asked.typed()).isEqualTo("sesame\rsesame\r");
        assertThat(asked.fatal()).isEmpty();

        write(asked, "\r\n" + prompt);
        assertThat(asked.typed()).isEmpty();
        assertThat(asked.fatal().orElseThrow().pattern().name()).contains("passphrase");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[   17.0] python3[251]: Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 12:11:23 +0000."
                        + " Datasource DataSourceNone.  Up 16.94 seconds\n",
                "2026-11-22 12:11:23,195 - cc_final_message.py[WARNING]: Used fallback datasource\n"
            })
    void aMissingSeedIsFatalOnlyWhereItIsSaidToBe(String line) throws Exception {
        Console seeded = new Console(() -> 0, heard::add, null, List.of(ConsolePatterns.NO_SEED), List.of());

        write(seeded, line);
        write(line);

        assertThat(seeded.fatal().orElseThrow().pattern()).isEqualTo(ConsolePatterns.NO_SEED);
        assertThat(console.fatal()).isEmpty();
    }

    @Test
    void aSeedThatWasFoundIsNotMissing() throws Exception {
        Console seeded = new Console(() -> 0, heard::add, null, List.of(ConsolePatterns.NO_SEED), List.of());

        write(
                seeded,
                "Cloud-init v. 22.4.2 finished at Sun, 22 Nov 2026 03:22:15 +0000. Datasource DataSourceNoCloudNet"
                        + " [seed=cmdline,http://10.0.2.2:18080/S/][dsmode=net].  Up 141.34 seconds\n");

        assertThat(seeded.fatal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please unlock disk vda3_crypt: ",
                "\ud83d\udd10 Please enter passphrase for disk QEMU_HARDDISK (secret): (press TAB for no echo) ",
                "Please enter passphrase for disk vg-lv (secret) on /srv:[   23.596555] EXT4-fs (dm-4): mounted\n (press",
                "Please unlock disk vda3_c[    2.912345] scsi host0: Virtio SCSI HBA\nrypt: ",
            })
    void endsABootThatAsksWhatNobodyKnows(String prompt) throws Exception {
        write(prompt);

        assertThat(console.fatal().orElseThrow().pattern().name()).contains("passphrase");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n",
                "(initramfs) ",
                "ALERT!  UUID=1 does not exist.  Dropping to a shell!\n",
                "You are in emergency mode. After logging in, type \"journalctl -xb\"\n",
                "[    9.8] Out of memory: Killed process 812 (python3)\n",
                "grub rescue> ",
                "\u001b[0;31mCannot open access to console, the root account is locked.\n",
                "[FAILED] Failed to start Switch Root.\n",
                "No bootable device.\n",
                "KVM internal error. Suberror: 1\n"
            })
    void knowsWhatNoBootRecoversFrom(String text) throws Exception {
        write("before\n");
        write(text);

        assertThat(console.fatal()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[    2.345678][    T1] Kernel panic - not syncing: VFS: Unable to mount root fs\n",
                "<0>[    2.345678] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100\n",
                "[   17.1] python3[218]: Unpacking l[   17.123456] Kernel panic - not syncing: softlockup\n",
                "[    1.0] Linux version 6.1\n[  OK  ] Reached target[    9.812345] Out of memory: Killed process 8\n",
                "Linux version 6.1.0-57-cloud-amd64\nKernel panic - not syncing: a kernel that stamps nothing\n",
                "[    1.0] Linux version 6.1\n(ini[    2.912345] virtio_blk: probed\ntramfs) ",
                "[    3.1] systemd[1]: Freezing execution.\n",
                "[    3.1] systemd[1]: Failed to start initrd-switch-root.service.\n",
                "\u001b[2J\u001b[1;1H   grub rescue> ",
            })
    void knowsItInTheRightMouth(String text) throws Exception {
        write(text);

        assertThat(console.fatal()).isPresent();
    }

    /** What decides about a boot, as a program says it whose output is collected, on a system that runs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kernel panic - not syncing",
                "[    1.234567] Kernel panic - not syncing: what another boot said",
                "(initramfs) ",
                "ALERT!  UUID=1 does not exist.  Dropping to a shell!",
                "You are in emergency mode. After logging in, type \"journalctl -xb\"",
                "Out of memory: Killed process 812 (python3)",
                "grub rescue> ",
                "GRUB Hard Disk Error",
                "Cannot open access to console, the root account is locked.",
                "Failed to start Switch Root.",
                "No bootable device.",
                "KVM internal error. Suberror: 1",
                "systemd[1]: Freezing execution.",
                "Please unlock disk vda3_crypt: ",
                "it said: Used fallback datasource",
            })
    void aProgramsWordDecidesNothing(String word) throws Exception {
        Console seeded = new Console(
                () -> 0,
                heard::add,
                null,
                List.of(ConsolePatterns.NO_SEED),
                List.of(new ConsoleAnswer(Pattern.compile("disk vda3_crypt: "), "sesame")));
        write(seeded, "[   14.903432] pci 0000:02:00.0: BAR 1\n[   17.259370] python3[218]: before\n");
        write(seeded, "[   18.434403] python3[218]: " + word + "\n[   18.5] python3[218]: after\n");
        // A program may also name itself without a process when it writes to /dev/kmsg.
        write(seeded, "[   19.1] late-command: " + word + "\n");

        assertThat(seeded.fatal()).isEmpty();
        assertThat(seeded.typed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(initramfs) ", "grub rescue> ", "No bootable device.", "Kernel panic - not syncing"})
    void aWordOnTheTerminalDecidesNothingOnceItsSpeakerIsGone(String word) throws Exception {
        write("[    1.0] Linux version 6.1\n[  OK  ] Reached target sysinit.target\n" + word + "\n");

        assertThat(console.fatal()).isEmpty();
        assertThat(console.words()).hasSize(1);
    }

    @Test
    void remembersWhoSaidADecidingWord() throws Exception {
        write("[   17.2] python3[218]: Kernel panic - not syncing\n[   17.3] python3[218]: Kernel panic - again\n");

        assertThat(console.words())
                .extracting(ConsoleWord::text)
                .containsExactly("line 1: 'python3[218]: Kernel panic - not syncing'"
                        + " is the word of a program and counts as no kernel panic");
    }

    @Test
    void aKernelsOwnPanicIsNoWord() throws Exception {
        write("[    1.2] Kernel panic - not syncing: x\n[    1.3] ---[ end Kernel panic - not syncing: x ]---\n");

        assertThat(console.fatal()).isPresent();
        assertThat(console.words()).isEmpty();
    }

    /** The kernel talks into a question at each place, in one piece or letter by letter, once or twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[    2.912345] scsi 0:0:0:0: Direct-Access\r\n",
                "[    2.912345] scsi 0:0:0:0: Direct-Access\r\n[    2.934567] systemd-udevd[99]: sda: ready\r\n",
                "[    2.912345][    T9] scsi 0:0:0:0: Please unlock disk other: \r\n",
            })
    void answersAQuestionThatTheKernelTalksInto(String record) throws Exception {
        answersAt("Please unlock disk crypt_1: ", record);
        answersAt("\ud83d\udd10 Please enter passphrase for disk QEMU_HARDDISK (crypt_1) on /srv: (press", record);
    }

    private static void answersAt(String question, String record) throws IOException {
        for (int at = 0; at <= question.length(); at++) {
            String text = question.substring(0, at) + record + question.substring(at);
            for (int piece : new int[] {1, 7, text.length()}) {
                Console asked = new Console(
                        () -> 0,
                        ConsoleListener.NONE,
                        null,
                        List.of(),
                        List.of(new ConsoleAnswer(Pattern.compile("crypt_1\\)?(?: on /srv)?: "), "sesame")));
                write(asked, "[    1.0] Linux version 6.1\n");
                for (int from = 0; from < text.length(); from += piece) {
                    write(asked, text.substring(from, Math.min(text.length(), from + piece)));
                }

                assertThat(asked.typed()).as("at %d in pieces of %d", at, piece).isEqualTo("sesame\r");
                assertThat(asked.fatal()).isEmpty();
            }
        }
    }

    @Test
    void showsTheWholeLineOfWhatItFoundWhileItWasWritten() throws Exception {
        write("[    1.2] Kernel panic - not");
        write(" syncing: test\n");

        assertThat(console.fatal().orElseThrow().line().text()).isEqualTo("[    1.2] Kernel panic - not syncing: test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[FAILED] Failed to start systemd-networkd-wait-online.service.\n",
                "[FAILED] Failed to start cloud-final.service - Execute cloud user/final scripts.\n",
                "systemd[1]: emergency.service - Emergency Shell was skipped\n",
                "Loading initial ramdisk ...\n",
                "[  OK  ] Stopped emergency.target - Emergency Mode.\n",
                "Out of memory handling is on\n"
            })
    void lets(String text) throws Exception {
        write(text);

        assertThat(console.fatal()).isEmpty();
    }

    @Test
    void showsAFindingWithTheLinesAroundIt() throws Exception {
        for (int line = 0; line < 30; line++) {
            write("line " + line + "\n");
        }
        write("[ 9.1] Kernel panic - not syncing: test\nCPU: 0\nCall Trace:\n");

        ConsoleFinding finding = console.fatal().orElseThrow();

        assertThat(finding.summary())
                .isEqualTo("kernel panic at console line 31: [ 9.1] Kernel panic - not syncing: test");
        assertThat(finding.before()).hasSize(Console.CONTEXT);
        assertThat(finding.context())
                .endsWith("  line 29\n> [ 9.1] Kernel panic - not syncing: test\n  CPU: 0\n  Call Trace:");
    }

    @Test
    void notesSuspiciousLinesWithoutEndingAnything() throws Exception {
        write("[FAILED] Failed to start foo.service.\n");

        assertThat(console.fatal()).isEmpty();
        assertThat(console.findings()).extracting(each -> each.pattern().name()).containsExactly("failed unit");
    }

    private void write(String text) throws IOException {
        write(console, text);
    }

    private static void write(Console to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.accept(bytes, bytes.length);
    }
}
