package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.result.RunResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportReserveTests {

    @TempDir
    Path topdir;

    private Path reserve() {
        return ReportFiles.reserve(topdir);
    }

    @Test
    void roomForTheReportIsHeldUntilItIsWritten() throws IOException {
        RunReport.holdRoom(topdir, 3);
        assertThat(Files.size(reserve())).isBetween(5L << 20, 6L << 20);

        RunReport.write(topdir, SampleRun.all());

        assertThat(reserve()).doesNotExist();
        assertThat(topdir.resolve("index.html")).exists();
    }

    @Test
    void theRoomIsHeldThroughNoLink() throws IOException {
        Path victim = Files.writeString(topdir.resolve("victim"), "precious");
        Files.createSymbolicLink(reserve(), victim);

        assertThatThrownBy(() -> RunReport.holdRoom(topdir, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("symbolic link");

        assertThat(victim).hasContent("precious");
    }

    @Test
    void theRoomGrowsWithTheTestsAndIsBounded() throws IOException {
        RunReport.holdRoom(topdir, 1);
        byte[] before = Files.readAllBytes(reserve());
        RunReport.holdRoom(topdir, 10);
        assertThat(Files.size(reserve())).isGreaterThan(before.length);
        assertThat(Files.readAllBytes(reserve())).startsWith(before);
        RunReport.holdRoom(topdir, 1);
        assertThat(Files.size(reserve())).isGreaterThan(before.length);

        RunReport.holdRoom(topdir, 100_000);

        assertThat(Files.size(reserve())).isEqualTo(64L << 20);
    }

    @Test
    void theReportOfAllSamplesFitsIntoTheRoomOfOneTest() throws IOException {
        RunResults results = SampleRun.all();
        RunReport.holdRoom(topdir, 1);
        long room = Files.size(reserve());

        RunReport.write(topdir, results);

        assertThat(Files.size(topdir.resolve("index.html"))
                        + Files.size(topdir.resolve("junit.xml"))
                        + Files.size(topdir.resolve("results.json")))
                .isLessThan(room);
    }

    @Test
    void oneFileThatCannotBeWrittenDoesNotTakeTheOthers() throws IOException {
        // A directory that is not empty is not replaced by a file.
        Files.createDirectories(topdir.resolve("results.json/x"));

        assertThatThrownBy(() -> RunReport.write(topdir, SampleRun.all())).isInstanceOf(IOException.class);

        assertThat(topdir.resolve("junit.xml")).isNotEmptyFile();
        assertThat(topdir.resolve("index.html")).isNotEmptyFile();
    }
}
