package dev.vmtest.report;

import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.UnitList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/**
 * Write and read {@code results.json} and {@code units.json} of a run, and {@code result.json} of a test.
 *
 * <p>A file is replaced at once and never half-written. Seconds are rounded to milliseconds. Fields
 * that this version does not know are passed over when reading; fields that it needs must be there, but those that an
 * earlier version did not know. A file of a newer form ({@link dev.vmtest.result.Format}) is refused.
 */
public final class ResultFiles {

    /** The largest file that is read, in bytes: far above any run, far below what hurts. */
    private static final long LARGEST = 256L << 20;

    private ResultFiles() {}

    /**
     * Write the results of a run.
     *
     * @return the file that was written
     * @throws IOException if it could not be written; what was there before is then untouched
     */
    public static Path write(Path topdir, RunResults results) throws IOException {
        return store(ReportFiles.results(topdir), results);
    }

    /**
     * Write the result of one test.
     *
     * @return the file that was written
     * @throws IOException if it could not be written; what was there before is then untouched
     */
    public static Path write(Path testDirectory, TestResult result) throws IOException {
        return store(ReportFiles.result(testDirectory), result);
    }

    /**
     * Write which units a run takes.
     *
     * @return the file that was written
     * @throws IOException if it could not be written; what was there before is then untouched
     */
    public static Path write(Path topdir, UnitList units) throws IOException {
        return writeUnits(ReportFiles.units(topdir), units);
    }

    /** Write a list of units to a file of any name. */
    public static Path writeUnits(Path file, UnitList units) throws IOException {
        return store(file, units);
    }

    /** Return a list of units as it is written to a file. */
    public static String text(UnitList units) {
        return Json.INDENTED.writeValueAsString(new Formatted(units));
    }

    /**
     * Read a list of units.
     *
     * @throws IOException if it is missing or not one; the message says where it is wrong
     */
    public static UnitList readUnits(Path file) throws IOException {
        return load(file, UnitList.class, "a list of units");
    }

    /** Write what a run is, as it begins. */
    static Path write(Path topdir, RunBegun begun) throws IOException {
        return store(ReportFiles.begun(topdir), begun);
    }

    /**
     * Read a {@code results.json}.
     *
     * @throws IOException if it is missing or not one; the message says where it is wrong
     */
    public static RunResults readResults(Path file) throws IOException {
        return load(file, RunResults.class, "the results of a run");
    }

    /**
     * Read a {@code result.json}.
     *
     * @throws IOException if it is missing or not one; the message says where it is wrong
     */
    public static TestResult readResult(Path file) throws IOException {
        return load(file, TestResult.class, "the result of a test");
    }

    /** Read what a run said it is as it began. */
    static RunBegun readBegun(Path file) throws IOException {
        return load(file, RunBegun.class, "the beginning of a run");
    }

    private static Path store(Path file, Object content) throws IOException {
        byte[] json;
        try {
            json = Json.INDENTED.writeValueAsBytes(new Formatted(content));
        } catch (JacksonException problem) {
            throw new IOException(file + ": cannot be written as JSON: " + Json.explain(problem), problem);
        }
        AtomicFile.write(file, json);
        return file;
    }

    private static <T> T load(Path file, Class<T> type, String meaning) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file with " + meaning);
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + ": too large for " + meaning + " (" + Files.size(file) + " bytes)");
        }
        try {
            byte[] json = Files.readAllBytes(file);
            Formatted.require(json, file.toString());
            T value = Json.read(json, type);
            if (value == null) {
                throw new IOException(file + ": null is not " + meaning);
            }
            return value;
        } catch (JacksonException problem) {
            throw new IOException(file + ":" + Json.explain(problem) + " (expected " + meaning + ")", problem);
        }
    }
}
