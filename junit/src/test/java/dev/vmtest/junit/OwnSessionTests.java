package dev.vmtest.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSessionTests {

    @TempDir
    private Path directory;

    private String opening(String sync) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", directory.toString(),
                "IMAGE_DIR", directory.resolve("images").toString(),
                "IMAGE_SRC_URL", directory.resolve("stream").toUri().toString()));
        environment.put("CURTIN_VMTEST_IMAGE_SYNC", sync);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OwnSession.open(List.of("jammy-hwe"), environment, new PrintStream(err, true, StandardCharsets.UTF_8))
                .close();
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void fetchesImagesWhereTheEnvironmentSaysSo() throws IOException {
        assertThat(opening("1"))
                .contains("the images were not synced (CURTIN_VMTEST_IMAGE_SYNC), those that are there are used:")
                .contains("stream");
        assertThat(opening("false")).isEmpty();
    }
}
