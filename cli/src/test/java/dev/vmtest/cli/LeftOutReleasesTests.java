package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who names no release gets those whose images are there. The host has no QEMU, so that every run ends early. */
class LeftOutReleasesTests {

    @TempDir
    private Path directory;

    private TestHost host;

    @BeforeEach
    void makeHost() throws IOException {
        host = new TestHost(directory);
        host.set("PATH", host.path("programs").toString());
    }

    private TestHost.Result run(String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "run";
        words[1] = "--topdir";
        words[2] = host.path("run").toString();
        System.arraycopy(more, 0, words, 3, more.length);
        return host.run(words);
    }

    @Test
    void theWholeSuiteRunsOnWhatIsThereAndSaysWhatItLeftOut() {
        TestHost.Result result = run();

        assertThat(result.out())
                .containsPattern("left out [0-9]+ tests: there is no image of trixie amd64 in \\S+; build it with"
                        + " 'vmtest images build --release trixie'");
        assertThat(result.err()).contains("qemu-system-x86_64 is not installed").doesNotContain("trixie");
    }

    @Test
    void soDoesATestThatIsNamed() {
        TestHost.Result result = run("SimpleTest");

        assertThat(result.out()).contains("left out 1 test: there is no image of trixie amd64");
        assertThat(result.err()).doesNotContain("trixie");
    }

    @Test
    void aReleaseThatIsNamedIsNotLeftOut() {
        TestHost.Result result = run("SimpleTest", "--release", "bookworm,trixie");

        assertThat(result.out()).doesNotContain("left out");
        assertThat(result.err()).contains("there is no image of trixie amd64");
    }

    @Test
    void theWholeSuiteOfAReleaseRunsWithoutTheRenderersThatHaveNoImage() {
        TestHost.Result result = run("--release", "bookworm");

        assertThat(result.out())
                .containsPattern(
                        "left out [0-9]+ tests?: there is no image of bookworm amd64 with the variant network-manager");
        assertThat(result.err()).doesNotContain("network-manager");
        assertThat(run("NetworkManagerTest", "--release", "bookworm").err())
                .contains("vmtest images build --release bookworm --variant network-manager");
    }

    @Test
    void aConfigurationThatNamesItsReleaseIsNotLeftOut() {
        Path file = host.write("own.yaml", "vmtest: {release: trixie}\n");

        assertThat(run(file.toString()).err()).contains("there is no image of trixie amd64");
    }

    @Test
    void withoutAnyImageAllCommandsThatMakeOneAreNamed() throws IOException {
        Files.delete(host.path("images/streams/v1/index.json"));
        Files.delete(host.path("images/streams/v1/built.json"));
        TestHost.Result result = run();

        assertThat(result.status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        assertThat(result.err())
                .contains("vmtest images build --release bookworm", "vmtest images build --release trixie");
    }

    @Test
    void anImageThatIsBrokenIsNotLeftOut() throws IOException {
        Files.delete(host.path("images/debian/bookworm/amd64/20260101.1/generic/squashfs"));

        assertThat(run("SimpleTest").err()).contains("squashfs is missing");
    }

    @Test
    void checksAreRunAgainOnTheReleasesOfTheEarlierRun() throws IOException {
        Files.createDirectories(host.path("run/SimpleTest-bookworm"));
        host.write("run/run.json", "{}");
        TestHost.Result result = run("SimpleTest", "--reuse");

        assertThat(result.out()).contains("left out 1 test: the earlier run has nothing of trixie");
        assertThat(result.err()).doesNotContain("trixie");
    }
}
