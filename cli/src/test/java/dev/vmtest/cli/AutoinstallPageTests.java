package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example of docs/autoinstall.md. */
class AutoinstallPageTests {

    @TempDir
    private Path directory;

    @Test
    void theFileIsCheckedAsThePageSays() throws IOException {
        TestHost host = new TestHost(directory);
        Path file = host.write("user-data", block("yaml"));
        String shown = block("console");

        TestHost.Result result = host.run("check", file.toString());

        assertThat(result.status()).isZero();
        assertThat("$ vmtest check user-data\n" + result.out().replace(file.toString(), "user-data"))
                .isEqualTo(shown);
    }

    @Test
    void theFileIsPlannedAndWhatIsNotDoneIsSaidBesideThePlan() throws IOException {
        TestHost host = new TestHost(directory);
        Path file = host.write("user-data", block("yaml"));

        TestHost.Result result = host.run("plan", file.toString());

        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("#!/bin/sh\n").contains("ubuntu-vg", "/var/log/installer/identity");
        assertThat(result.err().lines()).hasSize(2).allMatch(line -> line.startsWith("vmtest: " + file + ":"));
    }

    @Test
    void curtinGetsTheSameFile() throws IOException {
        TestHost host = new TestHost(directory);
        Path file = host.write("user-data", block("yaml"));

        assertThat(host.run("check", "--installer", "curtin", file.toString()).status())
                .isZero();
    }

    /** Return the first block of a language. */
    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(Files.readString(Path.of("../docs/autoinstall.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
