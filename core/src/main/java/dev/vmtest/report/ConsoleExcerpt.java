package dev.vmtest.report;

import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Hold the beginning and the end of a console log, however long the log is.
 *
 * @param title what it is the console of
 * @param href a link to the whole log
 * @param size how long the whole log is, for people
 * @param pieces what is shown, in order; empty if nothing of it is
 */
record ConsoleExcerpt(String title, String href, String size, List<Piece> pieces) {

    private static final int BYTES_AT_EACH_END = 64 * 1024;
    private static final int LINE_LENGTH = 300;

    ConsoleExcerpt {
        pieces = List.copyOf(pieces);
    }

    /**
     * Hold lines that are shown alike.
     *
     * @param text the lines, each with its line end
     * @param bad whether this is the line that shows what went wrong
     * @param gap whether this says that lines are left out
     */
    record Piece(String text, boolean bad, boolean gap) {}

    /** Return how many characters it adds to a page. */
    int length() {
        return pieces.stream().mapToInt(piece -> piece.text().length()).sum();
    }

    /** Return it without any lines. */
    ConsoleExcerpt withoutLines() {
        return new ConsoleExcerpt(title, href, size, List.of());
    }

    /**
     * Read the ends of a log.
     *
     * @param firstLines how many lines of its beginning are wanted
     * @param lastLines how many lines of its end are wanted
     * @param badLine the line to mark, or empty
     * @param withoutSecrets takes the secrets of the test out of a line
     * @throws IOException if it is not a file or cannot be read
     */
    static ConsoleExcerpt read(
            Path log,
            String title,
            String href,
            int firstLines,
            int lastLines,
            String badLine,
            UnaryOperator<String> withoutSecrets)
            throws IOException {
        if (!Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(log + " is not a file");
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            long tailStart = Math.max(0, size - BYTES_AT_EACH_END);
            List<String> tail = lines(read(channel, tailStart), tailStart > 0, false, withoutSecrets);
            List<String> head = firstLines == 0 || tailStart == 0
                    ? List.of()
                    : lines(read(channel, 0), false, true, withoutSecrets);
            return new ConsoleExcerpt(
                    title, href, bytes(size), pieces(head, tail, tailStart, firstLines, lastLines, badLine));
        }
    }

    /** Return lines as pieces, the one to mark apart from the others. */
    static List<Piece> pieces(List<String> lines, int bad) {
        List<Piece> pieces = new ArrayList<>();
        add(pieces, lines.subList(0, Math.max(0, bad)));
        if (bad >= 0) {
            pieces.add(new Piece(lines.get(bad) + "\n", true, false));
        }
        add(pieces, lines.subList(bad + 1, lines.size()));
        return pieces;
    }

    /** Return a line of a console as it can be shown: no control sequences, nothing invisible, not endless. */
    static String shown(String line) {
        return shown(line, UnaryOperator.identity());
    }

    private static String shown(String line, UnaryOperator<String> withoutSecrets) {
        String plain = Printable.withoutEscapes(line.replaceAll("\r+$", ""));
        int rewritten = plain.lastIndexOf('\r');
        String last = rewritten < 0 ? plain : plain.substring(rewritten + 1);
        // Before it is cut: a half of a secret would not be known as one.
        return Printable.cut(withoutSecrets.apply(Printable.visible(last)), LINE_LENGTH);
    }

    private static List<Piece> pieces(
            List<String> head, List<String> tail, long tailStart, int firstLines, int lastLines, String badLine) {
        List<Piece> pieces = new ArrayList<>();
        if (tailStart == 0 && tail.size() <= firstLines + lastLines) {
            pieces.addAll(pieces(tail, indexOf(tail, badLine)));
            return pieces;
        }
        List<String> first =
                (tailStart == 0 ? tail : head).stream().limit(firstLines).toList();
        List<String> last = tail.subList(Math.max(0, tail.size() - lastLines), tail.size());
        pieces.addAll(pieces(first, indexOf(first, badLine)));
        pieces.add(new Piece("… lines left out here are in the whole log …\n", false, true));
        pieces.addAll(pieces(last, indexOf(last, badLine)));
        return pieces;
    }

    private static int indexOf(List<String> lines, String badLine) {
        if (badLine.isBlank()) {
            return -1;
        }
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).contains(badLine)) {
                return index;
            }
        }
        return -1;
    }

    private static void add(List<Piece> pieces, List<String> lines) {
        if (!lines.isEmpty()) {
            pieces.add(new Piece(String.join("\n", lines) + "\n", false, false));
        }
    }

    private static byte[] read(FileChannel channel, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES_AT_EACH_END);
        long next = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, next);
            if (count < 0) {
                break;
            }
            next += count;
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Return the lines of a part of a log, without those that the part cuts in two. */
    private static List<String> lines(
            byte[] part, boolean cutAtStart, boolean cutAtEnd, UnaryOperator<String> withoutSecrets) {
        List<String> lines = new ArrayList<>(List.of(new String(part, StandardCharsets.UTF_8).split("\n", -1)));
        if ((cutAtEnd || lines.get(lines.size() - 1).isEmpty()) && lines.size() > 1) {
            lines.remove(lines.size() - 1);
        }
        if (cutAtStart && lines.size() > 1) {
            lines.remove(0);
        }
        lines.replaceAll(line -> shown(line, withoutSecrets));
        return lines.size() == 1 && lines.get(0).isEmpty() ? List.of() : lines;
    }

    private static String bytes(long size) {
        if (size < 1024) {
            return size + " bytes";
        }
        return size < 1024 * 1024
                ? String.format(Locale.ROOT, "%.1f KiB", size / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", size / (1024.0 * 1024));
    }
}
