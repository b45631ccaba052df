package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last line of doctor is the answer. */
class DoctorCommandTests {

    private static String last(TestHost.Result result) {
        List<String> lines = result.out().lines().toList();
        return lines.get(lines.size() - 1);
    }

    @Test
    void aHostWithoutProgramsIsNotReady(@TempDir Path directory) throws IOException {
        TestHost host = new TestHost(directory);
        TestHost.Result result =
                host.set("PATH", host.path("programs").toString()).run("doctor");

        assertThat(result.status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        assertThat(last(result))
                .startsWith("not ready, something is missing, see above")
                .contains("100.0 GiB of room in " + host.path("tmp"), "GiB of memory for machines", "accelerator ");
    }

    @Test
    void aHostWithoutRoomIsNotReady(@TempDir Path directory) throws IOException {
        TestHost.Result result = new TestHost(directory).withFreeSpace(1L << 20).run("doctor");

        assertThat(result.status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        assertThat(last(result)).startsWith("not ready").contains("less than 2 GiB of room");
    }
}
