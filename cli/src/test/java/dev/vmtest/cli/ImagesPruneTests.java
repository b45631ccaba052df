package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesPruneTests {

    @Test
    void aDryRunSaysWhatWouldGoAndLeavesAll(@TempDir Path directory) throws IOException {
        TestHost host = new TestHost(directory);
        Path products = host.path("images/streams/v1/built.json");
        String one = Files.readString(products).stripTrailing();
        String version = "\"20260101.1\": {";
        // Behind it end the version, the versions, the product, the products and the file.
        String items = one.substring(one.indexOf(version) + version.length(), one.length() - 5);
        Files.writeString(products, one.replace(version, "\"20250101.1\": {" + items + "}, " + version));
        host.write("images/debian/bookworm/amd64/20240101/generic/squashfs", "of a build that was killed");
        host.write("images/snapshots/0123456789abcdef/state", "of an image that is gone");
        Map<String, String> before = host.tree();

        TestHost.Result dry = host.run("images", "prune", "--max", "1", "--dry-run");

        assertThat(dry.status()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("would remove bookworm amd64/generic 20250101.1")
                .contains("would remove " + host.path("images/debian/bookworm/amd64/20240101/generic"))
                .contains("would remove " + host.path("images/snapshots/0123456789abcdef"))
                .doesNotContain("20260101.1");
        assertThat(host.tree()).isEqualTo(before);
        assertThat(host.run("images", "prune", "--max", "1").out())
                .isEqualTo(dry.out().replace("would remove", "removed"));
        assertThat(host.path("images/debian/bookworm/amd64/20240101")).doesNotExist();
        assertThat(host.path("images/snapshots/0123456789abcdef")).doesNotExist();
        assertThat(host.run("images", "prune", "--max", "1", "--dry-run").out()).isEmpty();
        Map<String, String> pruned = host.tree();
        assertThat(host.run("images", "prune", "--max", "1").out()).isEmpty();
        assertThat(host.tree()).as("not even the date of the index").isEqualTo(pruned);
    }

    @Test
    void onlyImagesOfTheReleasesThatAreNamedGo(@TempDir Path directory) throws IOException {
        TestHost host = new TestHost(directory);
        Path products = host.path("images/streams/v1/built.json");
        String one = Files.readString(products).stripTrailing();
        String version = "\"20260101.1\": {";
        String items = one.substring(one.indexOf(version) + version.length(), one.length() - 5);
        Files.writeString(products, one.replace(version, "\"20250101.1\": {" + items + "}, " + version));

        assertThat(host.run("images", "prune", "--max", "1", "--release", "trixie")
                        .out())
                .isEmpty();
        assertThat(host.run("images", "query").out()).contains("20250101.1");
        assertThat(host.run("images", "prune", "--max", "1", "--release", "trixie,bookworm")
                        .out())
                .contains("removed bookworm amd64/generic 20250101.1");
    }

    @Test
    void aNumberThatWouldKeepNothingIsRefusedBeforeAnythingIsWaitedFor(@TempDir Path directory) throws IOException {
        TestHost.Result refused = new TestHost(directory).run("images", "prune", "--max", "0");

        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.err()).contains("--max 0: at least 1 version is kept");
    }
}
