package dev.vmtest.cli;

import dev.vmtest.image.mirror.SyncListener;
import dev.vmtest.report.TerminalStyle;
import dev.vmtest.text.Printable;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Show downloads: on a terminal a bar for each with its rate and the time left, otherwise a line when one begins and
 * one when it ends. Safe for use by several threads.
 */
final class SyncDisplay implements SyncListener, AutoCloseable {

    private static final long REDRAW_NANOS = 100_000_000L;
    private static final int BAR = 20;
    private static final double NANOS = 1e9;

    private final PrintStream out;
    private final TerminalStyle style;
    private final LongSupplier nanoTime;
    private final Map<String, Progress> running = new LinkedHashMap<>();
    private int drawn;
    private long drawnAt;

    SyncDisplay(PrintStream out, TerminalStyle style) {
        this(out, style, System::nanoTime);
    }

    SyncDisplay(PrintStream out, TerminalStyle style, LongSupplier nanoTime) {
        this.out = out;
        this.style = style;
        this.nanoTime = nanoTime;
        this.drawnAt = nanoTime.getAsLong() - REDRAW_NANOS;
    }

    /** Hold how far a download is. */
    private static final class Progress {

        private final String path;
        private final long from;
        private final long size;
        private final long began;
        private long bytes;

        Progress(String path, long from, long size, long began) {
            this.path = Printable.line(path);
            this.from = from;
            this.size = size;
            this.began = began;
            this.bytes = from;
        }

        double rate(long now) {
            double seconds = (now - began) / NANOS;
            return seconds <= 0 ? 0 : (bytes - from) / seconds;
        }

        String bar(long now, int columns) {
            int done = size == 0 ? BAR : (int) (BAR * bytes / size);
            double rate = rate(now);
            String left = rate > 0 ? duration(Math.round((size - bytes) / rate)) + " left" : "";
            String state = String.format(
                    Locale.ROOT,
                    " [%s%s] %3d %% %11s %s",
                    "#".repeat(done),
                    "-".repeat(BAR - done),
                    size == 0 ? 100 : 100 * bytes / size,
                    bytes((long) rate) + "/s",
                    left);
            int room = Math.max(8, columns - state.length() - 1);
            String name = path.length() > room ? "…" + path.substring(path.length() - room + 1) : path;
            String line = name + state;
            return line.substring(0, Math.min(line.length(), columns));
        }
    }

    @Override
    public synchronized void note(String text) {
        print(text);
    }

    @Override
    public synchronized void began(String path, long bytes, long size) {
        running.put(path, new Progress(path, bytes, size, nanoTime.getAsLong()));
        if (style.live()) {
            redraw();
        } else {
            print("fetching " + path + ", " + bytes(size) + (bytes > 0 ? ", going on after " + bytes(bytes) : ""));
        }
    }

    @Override
    public synchronized void progressed(String path, long bytes) {
        Progress progress = running.get(path);
        if (progress != null) {
            progress.bytes = bytes;
            if (style.live() && nanoTime.getAsLong() - drawnAt >= REDRAW_NANOS) {
                redraw();
            }
        }
    }

    @Override
    public synchronized void ended(String path, String problem) {
        Progress progress = running.remove(path);
        if (progress == null) {
            return;
        }
        long now = nanoTime.getAsLong();
        print(
                problem.isEmpty()
                        ? "fetched " + path + ", " + bytes(progress.size) + " in "
                                + duration(Math.round((now - progress.began) / NANOS)) + ", "
                                + bytes((long) progress.rate(now)) + "/s"
                        : "failed " + path);
    }

    /** Leave the terminal as it was found. */
    @Override
    public synchronized void close() {
        running.clear();
        if (style.live()) {
            redraw();
        }
    }

    private void print(String line) {
        if (style.live()) {
            erase();
        }
        out.println(Printable.line(line));
        if (style.live()) {
            redraw();
        }
    }

    private void erase() {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A\r\033[J");
            drawn = 0;
        }
    }

    private void redraw() {
        erase();
        long now = nanoTime.getAsLong();
        int room = Math.max(1, style.rows().getAsInt() - 2);
        int columns = style.columns().getAsInt();
        for (Progress progress : running.values()) {
            if (drawn < room) {
                out.println(progress.bar(now, columns));
                drawn++;
            }
        }
        out.flush();
        drawnAt = now;
    }

    /** Return a number of bytes in the unit that suits it. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double amount = bytes;
        String unit = "";
        for (String next : new String[] {"kB", "MB", "GB", "TB"}) {
            if (amount >= 999.95 || unit.isEmpty()) {
                amount /= 1000;
                unit = next;
            }
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, unit);
    }

    private static String duration(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
