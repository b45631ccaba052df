package dev.vmtest.machine;

import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follow a guest's serial console: cut it into timestamped lines, keep a copy, and look for the texts
 * that decide about the run, in the mouths in which they do (see {@link ConsolePattern}).
 *
 * <p>All is bounded, whatever the guest sends: the copy, a line's length, and the lines that are kept
 * for context. An unfinished line counts for the patterns too, for a prompt has no end of line. Who asks
 * what somebody at the console would know is answered. Thread-safe.
 */
public final class Console {

    /** The most bytes of the raw copy. */
    static final long LONGEST_COPY = 64L << 20;

    /** The most bytes of one line; the rest of it is dropped. */
    static final int LONGEST_LINE = 4096;

    /** How many lines before and after a finding are shown with it. */
    static final int CONTEXT = 12;

    /** How often one answer is given: whoever asks again didn't like it. */
    private static final int TRIES = 3;

    private static final int REMEMBERED_LINES = 1000;
    private static final String TRUNCATED = "\n[vmtest: the console goes on, this copy ends here]\n";

    private final Ticker ticker;
    private final long start;
    private final ConsoleListener listener;
    private final @Nullable OutputStream copy;
    private final List<ConsolePattern> fatalHere;
    private final List<ConsoleAnswer> answers;
    private final StringBuilder typed = new StringBuilder();
    private final Deque<ConsoleLine> recent = new ArrayDeque<>();
    private final List<Pending> findings = new ArrayList<>();
    private final Map<ConsolePattern, ConsoleWord> words = new LinkedHashMap<>();
    private final ConsoleSpeech speech = new ConsoleSpeech();
    private final byte[] partial = new byte[LONGEST_LINE];
    private int partialLength;
    private long copied;
    private long lines;
    private long bytes;
    private boolean fatal;
    private long answered;

    /** Make a console at which nobody sits. */
    public Console(Ticker ticker, ConsoleListener listener, @Nullable OutputStream copy) {
        this(ticker, listener, copy, List.of(), List.of());
    }

    /**
     * Make a console.
     *
     * @param copy where each byte goes as it is, or null for nowhere
     * @param fatalHere texts after which this boot leads nowhere, beside those after which none does
     * @param answers what to type when the guest asks
     */
    public Console(
            Ticker ticker,
            ConsoleListener listener,
            @Nullable OutputStream copy,
            List<ConsolePattern> fatalHere,
            List<ConsoleAnswer> answers) {
        this.ticker = ticker;
        this.start = ticker.nanos();
        this.listener = listener;
        this.copy = copy;
        this.fatalHere = List.copyOf(fatalHere);
        this.answers = new ArrayList<>();
        for (int count = 0; count < TRIES; count++) {
            this.answers.addAll(answers);
        }
    }

    /**
     * Take what the guest wrote.
     *
     * @throws IOException when the copy can't be written
     */
    public void accept(byte[] data, int length) throws IOException {
        List<ConsoleLine> complete = new ArrayList<>();
        synchronized (this) {
            bytes += length;
            for (int index = 0; index < length; index++) {
                if (data[index] == '\n') {
                    complete.add(endLine());
                } else if (partialLength < LONGEST_LINE) {
                    partial[partialLength++] = data[index];
                }
            }
            inspectPartial();
        }
        complete.forEach(listener::line);
        write(data, length);
    }

    /** Take the end of the stream: an unfinished line is a line. */
    public void end() {
        ConsoleLine last;
        synchronized (this) {
            if (partialLength == 0) {
                return;
            }
            last = endLine();
        }
        listener.line(last);
    }

    /** Return how many bytes the guest has written. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Return the last complete line, if there is one. */
    public synchronized Optional<ConsoleLine> lastLine() {
        return Optional.ofNullable(recent.peekLast());
    }

    /** Return the newest lines that are still remembered, oldest first. */
    public synchronized List<ConsoleLine> recentLines() {
        return List.copyOf(recent);
    }

    /** Return the first text after which no boot recovers, if it came. */
    public synchronized Optional<ConsoleFinding> fatal() {
        return findings.stream().filter(each -> each.fatal).findFirst().map(Pending::finding);
    }

    /** Return, for each suspicious or fatal text, where it first came, oldest first. */
    public synchronized List<ConsoleFinding> findings() {
        return findings.stream().map(Pending::finding).toList();
    }

    /** Return, for each text that would have ended the boot in another's mouth, who said it first. */
    public synchronized List<ConsoleWord> words() {
        return List.copyOf(words.values());
    }

    /** Return what is to be typed now, and forget it. */
    public synchronized String typed() {
        String text = typed.toString();
        typed.setLength(0);
        return text;
    }

    /** Answer an utterance once, whether it is complete or not: a question has no end of line. */
    private void answer(Utterance utterance) {
        if (answered == utterance.number() || utterance.speaker().isNamed()) {
            return;
        }
        for (ConsoleAnswer answer : answers) {
            if (answer.prompt().matcher(utterance.text()).find()) {
                answered = utterance.number();
                typed.append(answer.text().reveal()).append('\r');
                answers.remove(answer);
                return;
            }
        }
    }

    private ConsoleLine endLine() {
        String text = partialText();
        long number = ++lines;
        ConsoleLine line = new ConsoleLine(now(), number, text, speech.line(text, number));
        partialLength = 0;
        findings.forEach(each -> each.complete(line));
        line.said().forEach(utterance -> inspect(utterance, line));
        inspect(line, speech.unfinished("", number + 1));
        for (Pending pending : findings) {
            pending.follow(line);
        }
        recent.addLast(line);
        if (recent.size() > REMEMBERED_LINES) {
            recent.removeFirst();
        }
        return line;
    }

    private void inspectPartial() {
        if (partialLength > 0 && !fatal) {
            String text = partialText();
            List<Utterance> begun = speech.unfinished(text, lines + 1);
            inspect(new ConsoleLine(now(), lines + 1, text, begun), begun);
        }
    }

    private void inspect(ConsoleLine line, List<Utterance> begun) {
        for (Utterance utterance : begun) {
            answer(utterance);
            if (!fatal) {
                findFatal(utterance, line);
            }
        }
    }

    private void inspect(Utterance utterance, ConsoleLine line) {
        answer(utterance);
        if (!fatal) {
            findFatal(utterance, line);
        }
        find(ConsolePatterns.SUSPICIOUS, utterance, line, false);
        notice(ConsolePatterns.FATAL, utterance, line);
        notice(ConsolePatterns.QUESTIONS, utterance, line);
        notice(List.of(ConsolePatterns.HUNG_TASK), utterance, line);
        notice(fatalHere, utterance, line);
    }

    private void findFatal(Utterance utterance, ConsoleLine line) {
        find(ConsolePatterns.FATAL, utterance, line, true);
        find(fatalHere, utterance, line, true);
        if (answered != utterance.number()) {
            find(ConsolePatterns.QUESTIONS, utterance, line, true);
        }
    }

    private void find(List<ConsolePattern> patterns, Utterance utterance, ConsoleLine line, boolean areFatal) {
        for (ConsolePattern pattern : patterns) {
            boolean known = findings.stream().anyMatch(each -> each.pattern.equals(pattern));
            if (!known && pattern.matches(utterance)) {
                findings.add(new Pending(pattern, line, newest(), areFatal));
                fatal |= areFatal;
            }
        }
    }

    /** Remember who first said what decides nothing from that mouth. */
    private void notice(List<ConsolePattern> patterns, Utterance utterance, ConsoleLine line) {
        for (ConsolePattern pattern : patterns) {
            if (pattern.isOnlyAWord(utterance)) {
                words.putIfAbsent(pattern, new ConsoleWord(pattern.name(), utterance, line.number()));
            }
        }
    }

    private List<ConsoleLine> newest() {
        List<ConsoleLine> all = List.copyOf(recent);
        return all.subList(Math.max(0, all.size() - CONTEXT), all.size());
    }

    private String partialText() {
        return Printable.console(new String(partial, 0, partialLength, StandardCharsets.UTF_8));
    }

    private Duration now() {
        return Duration.ofNanos(ticker.nanos() - start);
    }

    private void write(byte[] data, int length) throws IOException {
        if (copy == null || copied >= LONGEST_COPY) {
            return;
        }
        int fits = (int) Math.min(length, LONGEST_COPY - copied);
        copy.write(data, 0, fits);
        copied += fits;
        if (copied >= LONGEST_COPY) {
            copy.write(TRUNCATED.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Collect the lines after a finding. */
    private static final class Pending {

        private final ConsolePattern pattern;
        private ConsoleLine line;
        private final List<ConsoleLine> before;
        private final boolean fatal;
        private final List<ConsoleLine> after = new ArrayList<>();

        private Pending(ConsolePattern pattern, ConsoleLine line, List<ConsoleLine> before, boolean fatal) {
            this.pattern = pattern;
            this.line = line;
            this.before = before;
            this.fatal = fatal;
        }

        /** Show a line that was found while it was being written as it became. */
        private void complete(ConsoleLine whole) {
            if (whole.number() == line.number()) {
                line = whole;
            }
        }

        private void follow(ConsoleLine next) {
            if (next.number() > line.number() && after.size() < CONTEXT) {
                after.add(next);
            }
        }

        private ConsoleFinding finding() {
            return new ConsoleFinding(pattern, line, before, after);
        }
    }
}
