package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Phase;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TerminalDisplayTests {

    private static final double BEGIN = 1_700_000_000;
    private static final String SIMPLE = "SimpleTest [bookworm]";
    private static final String BASIC = "BasicTest [trixie]";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private double now = BEGIN;
    private int columns = 60;
    private int rows = 24;

    @Test
    void aBuildServersLogHasALineForEachPhaseAndVerdict() {
        TerminalDisplay display = display(TerminalStyle.plain());
        run(display);

        assertThat(text()).isEqualTo("""
                        accelerator tcg (/dev/kvm does not exist); 2 tests; results go to /srv/run
                           0:01  SimpleTest [bookworm]  prepare started
                           0:02  SimpleTest [bookworm]  prepare took 0.8 s
                           0:02  SimpleTest [bookworm]  install started
                           0:05  SimpleTest [bookworm]  the guest is slow
                           1:23  SimpleTest [bookworm]  install (full: asked for) took 81.4 s: boot 38.2 s, partitioning 6.1 s, extract 19.8 s, curthooks 15.0 s
                           2:09  SimpleTest [bookworm]  passed in 2 min 7 s, 12 checks hold, 1 skipped
                           4:20  BasicTest [trixie]  failed in 2 min 7 s, 2 of 15 checks failed, 1 skipped
                            examples/tests/basic.yaml:48:7: root_format: label: expected 'cloudimg-rootfs', the file system of /dev/vda2 has 'rootfs'
                            examples/tests/basic.yaml:61:5: swap_mount: fstab: /etc/fstab has no line for swap /dev/vda3
                            kept in BasicTest-trixie
                            again: vmtest run BasicTest --release trixie --installer builtin
                        2 tests: 1 passed, 1 failed in 13 min 32 s
                        accelerator tcg (/dev/kvm does not exist)
                        report /srv/run/index.html
                        """);
    }

    @Test
    void whatIsUnchangedSaysWhatProvedIt() {
        TerminalDisplay display = display(TerminalStyle.plain());
        display.runStarted(SampleRun.TCG, Path.of("/srv/run"), 1);
        display.happened(new RunEvent.TestFinished(BEGIN + 1, "RaidTest [trixie]", SampleRun.unchanged()));
        display.runFinished(SampleRun.of(List.of(SampleRun.unchanged())), Path.of("/srv/run/index.html"));
        assertThat(text()).contains("""
                           0:01  RaidTest [trixie]  unchanged
                            not run: it passed at 2026-11-29T12:00:00Z with the same inputs <b>
                        1 test: 1 unchanged in 13 min 32 s
                        """);
    }

    private void run(TerminalDisplay display) {
        display.runStarted(SampleRun.TCG, Path.of("/srv/run"), 2);
        display.happened(new RunEvent.TestStarted(BEGIN + 1, SIMPLE, "SimpleTest"));
        display.happened(new RunEvent.PhaseStarted(BEGIN + 1, SIMPLE, Phase.PREPARE));
        display.happened(new RunEvent.PhaseFinished(BEGIN + 2, SIMPLE, Phase.PREPARE, SampleRun.ALL_PHASES.get(0)));
        display.happened(new RunEvent.PhaseStarted(BEGIN + 2, SIMPLE, Phase.INSTALL));
        display.happened(
                new RunEvent.ConsoleLine(BEGIN + 3, SIMPLE, Phase.INSTALL, "[    0.000000] Linux version 6.1"));
        display.happened(new RunEvent.Reported(BEGIN + 4, SIMPLE, "cmd-install", "start", "", ""));
        display.happened(new RunEvent.Notice(BEGIN + 5, SIMPLE, "the guest is slow"));
        display.redraw();
        display.happened(new RunEvent.PhaseFinished(BEGIN + 83.4, SIMPLE, Phase.INSTALL, SampleRun.ALL_PHASES.get(1)));
        display.happened(new RunEvent.TestFinished(BEGIN + 129, SIMPLE, SampleRun.passed("SimpleTest", "bookworm")));
        display.happened(new RunEvent.TestFinished(BEGIN + 260, BASIC, SampleRun.failed()));
        display.runFinished(
                SampleRun.of(List.of(SampleRun.passed("SimpleTest", "bookworm"), SampleRun.failed())),
                Path.of("/srv/run/index.html"));
        display.close();
    }

    @Test
    void aTerminalIsDrawnOver() {
        TerminalDisplay display = display(live(false));
        display.happened(new RunEvent.TestStarted(BEGIN, SIMPLE, "SimpleTest"));
        display.happened(new RunEvent.PhaseStarted(BEGIN, SIMPLE, Phase.INSTALL));
        now = BEGIN + 75;
        display.happened(new RunEvent.ConsoleLine(BEGIN + 75, SIMPLE, Phase.INSTALL, "Reached target multi-user"));
        display.redraw();
        display.happened(new RunEvent.TestFinished(BEGIN + 80, SIMPLE, SampleRun.passed("SimpleTest", "bookworm")));

        assertThat(visibly(text())).isEqualTo("""
                        <?7l>   0:00  SimpleTest [bookworm]  starts       \s
                        <?7h><1A>
                        <J><?7l>   0:00  SimpleTest [bookworm]  install 0:00 \s
                        <?7h><1A>
                        <J><?7l>   1:15  SimpleTest [bookworm]  install 1:15  Reached targe…
                        <?7h><1A>
                        <J>   1:20  SimpleTest [bookworm]  passed in 2 min 7 s, 12 checks hold, 1 skipped
                            install (full: asked for) took 81.4 s: boot 38.2 s, partitioning 6.1 s, extract 19.8 s, curthooks 15.0 s
                        """);
    }

    @Test
    void theScreenShowsFinishedTestsAboveTheRunningOnes() {
        TerminalDisplay display = display(live(true));
        display.happened(new RunEvent.TestStarted(BEGIN, SIMPLE, "SimpleTest"));
        display.happened(new RunEvent.TestStarted(BEGIN, BASIC, "BasicTest"));
        display.happened(new RunEvent.PhaseStarted(BEGIN, BASIC, Phase.BOOT));
        display.happened(new RunEvent.TestFinished(BEGIN + 80, SIMPLE, SampleRun.passed("SimpleTest", "bookworm")));
        now = BEGIN + 90;
        display.redraw();

        assertThat(Screen.after(text()))
                .containsExactly(
                        "   1:20  SimpleTest [bookworm]  passed in 2 min 7 s, 12 checks hold, 1 skipped",
                        "    install (full: asked for) took 81.4 s: boot 38.2 s, partitioning 6.1 s,"
                                + " extract 19.8 s, curthooks 15.0 s",
                        "   1:30  BasicTest [trixie]  boot 1:30");

        display.close();
        assertThat(Screen.after(text())).hasSize(2);
    }

    @Test
    void whatIsKnownOfEarlierRunsSaysHowLongThisOneTakes() {
        columns = 100;
        TerminalDisplay display = display(live(false));
        display.expect(List.of(SIMPLE, BASIC, "Third [trixie]"), Map.of(SIMPLE, 90.0, "Third [trixie]", 110.0));
        display.happened(new RunEvent.TestStarted(BEGIN, SIMPLE, "SimpleTest"));
        now = BEGIN + 30;
        display.redraw();
        // 60 s of the running one, 100 s of one that is as long as the others, and 110 s.
        assertThat(visibly(text()))
                .contains("   0:30 of about 1:30  SimpleTest [bookworm]  starts")
                .contains("0 of 3 tests done, 1 running, 2 waiting; about 4:30 left");
        display.happened(new RunEvent.TestStarted(BEGIN + 30, BASIC, "BasicTest"));
        now = BEGIN + 200;
        display.redraw();
        // Both should be done; the last one is not done in half of its time.
        assertThat(visibly(text())).contains("0 of 3 tests done, 2 running, 1 waiting; about 1:50 left");
        display.happened(new RunEvent.TestFinished(BEGIN + 201, SIMPLE, SampleRun.passed("SimpleTest", "bookworm")));
        assertThat(visibly(text())).contains("1 of 3 tests done, 1 running, 1 waiting; about 1:50 left");
    }

    @Test
    void nothingIsSaidOfTimesThatNobodyKnows() {
        columns = 100;
        TerminalDisplay display = display(live(false));
        display.expect(List.of(SIMPLE, BASIC), Map.of());
        display.happened(new RunEvent.TestStarted(BEGIN, SIMPLE, "SimpleTest"));
        assertThat(visibly(text()))
                .contains("   0:00  SimpleTest [bookworm]  starts")
                .contains("0 of 2 tests done, 1 running, 1 waiting\n");
    }

    @Test
    void evidenceComesWithAFailure() {
        display(TerminalStyle.plain())
                .happened(new RunEvent.TestFinished(BEGIN + 1, "F [b]", SampleRun.installFailed()));

        assertThat(text())
                .contains(
                        "install-failed in 82.6 s",
                        "    the console shows a failed install: 'curtin: Installation failed'\n",
                        "    > [   61.318] curtin: Installation failed\n",
                        "    machine: guest shutdown, QEMU's exit status 0\n",
                        "    last event: finish cmd-install/stage-partitioning FAIL\n");
    }

    @Test
    void theEvidenceIsShownAroundItsBadLine() {
        List<String> context =
                IntStream.range(0, 25).mapToObj(line -> "line " + line).toList();
        TestResult failed = SampleRun.installFailed();
        TestResult shown = new TestResult(
                failed.name(),
                failed.release(),
                failed.installer(),
                failed.verdict(),
                failed.seconds(),
                failed.phases(),
                failed.checks(),
                new Evidence("it failed", context, "", "", "", 12),
                failed.directory(),
                failed.reproduce());
        display(TerminalStyle.plain()).happened(new RunEvent.TestFinished(BEGIN + 1, "F [b]", shown));

        assertThat(text())
                .contains("    | line 8\n", "    > line 12\n    | line 13\n", "    | line 15\n")
                .doesNotContain("line 7\n", "line 16\n", "line 24");
    }

    @Test
    void manyFailedChecksAreCounted() {
        List<CheckRecord> checks = IntStream.range(0, 500)
                .mapToObj(number -> SampleRun.fails("check" + number, "x.yaml:1:1", "no"))
                .toList();
        TestResult sample = SampleRun.failed();
        TestResult many = new TestResult(
                "M", "b", "", sample.verdict(), 1, List.of(), checks, sample.evidence(), "M", "vmtest run M");

        display(TerminalStyle.plain()).happened(new RunEvent.TestFinished(BEGIN + 1, "M [b]", many));

        assertThat(text()).contains("500 of 500 checks failed", "… and 490 more, in the report");
        assertThat(text().lines()).hasSizeLessThan(20);
    }

    @Test
    void coloursAreOnlyUsedWhenWanted() {
        display(live(true)).happened(new RunEvent.TestFinished(BEGIN, SIMPLE, SampleRun.failed()));
        assertThat(text()).contains("\033[1;31mfailed\033[0m");

        bytes.reset();
        display(live(false)).happened(new RunEvent.TestFinished(BEGIN, SIMPLE, SampleRun.failed()));
        assertThat(text()).doesNotContain("\033");
    }

    @Test
    void aGuestCannotSteerTheTerminal() {
        String hostile = "\033]0;owned\007\033[2J\u202egnp\u009b31m\b\b\nrm -rf\r\ud800 fine";
        for (TerminalStyle style : List.of(TerminalStyle.plain(), live(true))) {
            bytes.reset();
            columns = 500;
            TerminalDisplay display = display(style);
            display.happened(new RunEvent.TestStarted(BEGIN, hostile, hostile));
            display.happened(new RunEvent.ConsoleLine(BEGIN, hostile, Phase.BOOT, hostile));
            display.happened(new RunEvent.Notice(BEGIN, hostile, hostile));
            display.redraw();

            String shown = text().replaceAll("\033\\[(\\?7[hl]|\\d+A|J)", "").replaceAll("[\r\n]", "");
            assertThat(shown.codePoints().filter(Character::isISOControl)).isEmpty();
            assertThat(shown).doesNotContain("\u202e").contains("fine");
        }
    }

    @Test
    void aLiveLineIsNeverWiderThanTheTerminal() {
        columns = 30;
        TerminalDisplay display = display(live(false));
        display.happened(new RunEvent.TestStarted(BEGIN, SIMPLE, "SimpleTest"));
        display.happened(new RunEvent.PhaseStarted(BEGIN, SIMPLE, Phase.BOOT));
        display.happened(new RunEvent.ConsoleLine(BEGIN, SIMPLE, Phase.BOOT, "😀".repeat(100)));
        display.redraw();

        assertThat(Screen.after(text())).singleElement().asString().hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void moreRunningTestsThanRowsAreCounted() {
        rows = 8;
        TerminalDisplay display = display(live(false));
        for (int number = 0; number < 20; number++) {
            display.happened(new RunEvent.TestStarted(BEGIN, "T" + number + " [b]", "T" + number));
        }

        assertThat(Screen.after(text())).hasSize(6).last().isEqualTo("… and 15 more running");
    }

    @Test
    void aPlainStreamIsNotTicked() {
        try (TerminalDisplay display = display(TerminalStyle.plain())) {
            ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
            scheduler.shutdown(); // would refuse work
            display.redrawEvery(Duration.ofMillis(1), scheduler);
            display.happened(new RunEvent.TestStarted(BEGIN, SIMPLE, "SimpleTest"));
            display.redraw();
        }
        assertThat(text()).isEmpty();
    }

    @Test
    void aLiveTerminalIsTickedUntilClosed() throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        CountDownLatch ticks = new CountDownLatch(3);
        TerminalDisplay display = new TerminalDisplay(stream(), live(false), () -> {
            ticks.countDown();
            return Instant.ofEpochSecond((long) BEGIN);
        });
        display.happened(new RunEvent.TestStarted(BEGIN, SIMPLE, "SimpleTest"));
        display.redrawEvery(Duration.ofMillis(1), scheduler);

        assertThat(ticks.await(30, TimeUnit.SECONDS)).isTrue();
        display.close();
        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        int length = bytes.size();
        display.happened(new RunEvent.Notice(BEGIN, SIMPLE, "too late"));
        assertThat(bytes.size()).isEqualTo(length);
    }

    private TerminalDisplay display(TerminalStyle style) {
        return new TerminalDisplay(stream(), style, () -> Instant.ofEpochMilli((long) (now * 1000)));
    }

    private PrintStream stream() {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private TerminalStyle live(boolean colour) {
        return TerminalStyle.live(colour, () -> columns, () -> rows);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String visibly(String text) {
        return text.replaceAll("\033\\[([?\\w]+)", "<$1>").replace("\r", "\n");
    }

    /** Plays the few control sequences that the display uses, as a terminal would. */
    private static final class Screen {

        static List<String> after(String output) {
            List<String> lines = new ArrayList<>();
            String rest = output.replaceAll("\033\\[(\\?7[hl]|[\\d;]*m)", "");
            while (!rest.isEmpty()) {
                Matcher up = Pattern.compile("^\033\\[(\\d+)A\r\033\\[J").matcher(rest);
                if (up.find()) {
                    int keep = lines.size() - Integer.parseInt(up.group(1));
                    lines.subList(keep, lines.size()).clear();
                    rest = rest.substring(up.end());
                } else {
                    int end = rest.indexOf('\n');
                    lines.add(rest.substring(0, end).stripTrailing());
                    rest = rest.substring(end + 1);
                }
            }
            return lines;
        }
    }
}
