package dev.vmtest.engine;

import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watch, on the host of a unit, whether the run that it belongs to still lives and still wants it ({@code vmtest run
 * --lease}). A network file system tells nobody of changes, so the file is looked at again and again.
 */
public final class LeaseWatch implements AutoCloseable {

    private static final Pattern PATIENCE = Pattern.compile("patience=([0-9]{1,9})\\n(?s:.*)");

    /** How many times it is looked at while one would wait for a change. */
    private static final int LOOKS = 20;

    private final Path file;
    private final Consumer<String> over;
    private final LongSupplier nanos;
    private final ScheduledExecutorService looks;
    private final Duration patience;
    private String content;
    private long changed;
    private boolean isOver;

    private LeaseWatch(Path file, Consumer<String> over, LongSupplier nanos, ScheduledExecutorService looks)
            throws IOException {
        this.file = file;
        this.over = over;
        this.nanos = nanos;
        this.looks = looks;
        this.content = Files.readString(file);
        this.changed = nanos.getAsLong();
        Matcher written = PATIENCE.matcher(content);
        if (!written.matches()) {
            throw new IOException(file + " is no lease of a run");
        }
        this.patience = Duration.ofMillis(Long.parseLong(written.group(1)));
    }

    /**
     * Watch a lease from now on.
     *
     * @param over is told once, with the reason, when the run is over or does not want this unit any more
     * @throws MistakeException if there is no lease: the run is over already
     */
    public static LeaseWatch of(Path file, Consumer<String> over) {
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "watch-lease");
            thread.setDaemon(true);
            return thread;
        });
        try {
            LeaseWatch watch = new LeaseWatch(file, over, System::nanoTime, looks);
            long interval = Math.max(1, watch.patience.toMillis() / LOOKS);
            var unused = looks.scheduleWithFixedDelay(watch::look, interval, interval, TimeUnit.MILLISECONDS);
            return watch;
        } catch (IOException gone) {
            looks.shutdownNow();
            throw new MistakeException(
                    "the run that this unit belongs to is over, or gave it to another host: " + PlainTrouble.of(gone));
        }
    }

    /** Watch with another clock, looked at only when a test says so. */
    static LeaseWatch of(Path file, Consumer<String> over, LongSupplier nanos, ScheduledExecutorService looks)
            throws IOException {
        return new LeaseWatch(file, over, nanos, looks);
    }

    /** Return what stands in a lease. */
    static String text(Duration patience, long beat) {
        return "patience=" + patience.toMillis() + "\nbeat=" + beat + "\n";
    }

    /** Look once. */
    synchronized void look() {
        if (isOver) {
            return;
        }
        String why = "";
        try {
            String now = Files.readString(file);
            if (!now.equals(content)) {
                content = now;
                changed = nanos.getAsLong();
            }
        } catch (NoSuchFileException gone) {
            why = "the run is over, or gave this unit to another host";
        } catch (IOException unreadable) {
            // The file server may be away for a while; if it stays away, that is no change either.
            why = "";
        }
        if (why.isEmpty() && nanos.getAsLong() - changed > patience.toNanos()) {
            why = "the run has not been heard of for " + patience.toSeconds() + " s";
        }
        if (!why.isEmpty()) {
            isOver = true;
            over.accept(why);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
