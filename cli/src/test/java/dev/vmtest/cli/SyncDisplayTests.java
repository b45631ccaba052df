package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.report.TerminalStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SyncDisplayTests {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    private SyncDisplay display(TerminalStyle style) {
        return new SyncDisplay(new PrintStream(written, true, StandardCharsets.UTF_8), style, nanos::get);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTerminalHasABarForEachDownload() {
        try (SyncDisplay display = display(TerminalStyle.live(false, () -> 80, () -> 24))) {
            display.began("a/squashfs", 0, 100_000_000);
            display.began("b/squashfs", 50_000_000, 100_000_000);
            nanos.addAndGet(10_000_000_000L);
            display.progressed("a/squashfs", 20_000_000);
            written.reset();
            nanos.addAndGet(200_000_000L);
            display.progressed("b/squashfs", 75_000_000);
            assertThat(text())
                    .isEqualTo("\033[2A\r\033[J"
                            + "a/squashfs [####----------------]  20 %    2.0 MB/s 0:41 left\n"
                            + "b/squashfs [###############-----]  75 %    2.5 MB/s 0:10 left\n");
            written.reset();
            display.ended("a/squashfs", "");
            assertThat(text()).startsWith("\033[2A\r\033[Jfetched a/squashfs, 100.0 MB in 0:10, ");
        }
        assertThat(text()).endsWith("\033[1A\r\033[J");
    }

    @Test
    void anythingElseHasLines() {
        try (SyncDisplay display = display(TerminalStyle.plain())) {
            display.began("a/squashfs", 1000, 2_000_000);
            nanos.addAndGet(2_000_000_000L);
            display.progressed("a/squashfs", 2_000_000);
            display.ended("a/squashfs", "");
            display.began("b", 0, 999);
            display.ended("b", "why");
            display.note("said");
        }
        assertThat(text()).isEqualTo("""
                fetching a/squashfs, 2.0 MB, going on after 1.0 kB
                fetched a/squashfs, 2.0 MB in 0:02, 999.5 kB/s
                fetching b, 999 B
                failed b
                said
                """);
    }
}
