package dev.vmtest.report;

import java.util.function.IntSupplier;

/**
 * Say what the place that a run is shown in can do.
 *
 * @param live whether lines can be drawn over; false for files, pipes and build servers
 * @param colour whether colours are wanted; pass false when {@code NO_COLOR} is set
 * @param columns the width now, in characters
 * @param rows the height now, in lines
 */
public record TerminalStyle(boolean live, boolean colour, IntSupplier columns, IntSupplier rows) {

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    /** Describe a file, a pipe or a build server's log: lines only, no control sequences. */
    public static TerminalStyle plain() {
        return new TerminalStyle(false, false, () -> USUAL_COLUMNS, () -> USUAL_ROWS);
    }

    /** Describe a terminal; a size that is not positive is taken for the usual one. */
    public static TerminalStyle live(boolean colour, IntSupplier columns, IntSupplier rows) {
        return new TerminalStyle(
                true, colour, () -> usual(columns.getAsInt(), USUAL_COLUMNS), () -> usual(rows.getAsInt(), USUAL_ROWS));
    }

    private static int usual(int size, int otherwise) {
        return size > 0 ? size : otherwise;
    }
}
