package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTests {

    @TempDir
    private Path directory;

    private TestHost host;

    @BeforeEach
    void makeHost() throws IOException {
        host = new TestHost(directory);
    }

    @Test
    void whatIsWrittenIsRightAndCanBePlanned() {
        Path place = host.path("new/place");
        TestHost.Result written = host.run("init", place.toString());
        String file = place.resolve("first.yaml").toString();

        assertThat(written.status()).as(written.err()).isZero();
        assertThat(written.out()).contains("written " + file, "vmtest run " + file);
        assertThat(host.run("check", file).out()).isEqualTo(file + ": no problem found\n");
        assertThat(host.run("check", "--installer", "curtin=curtin", file).status())
                .isZero();
        TestHost.Result plan = host.run("plan", file);
        assertThat(plan.status()).isZero();
        assertThat(plan.out()).contains("mkfs.ext4").contains("main");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        host.write("mine/first.yaml", "mine\n");
        Files.createDirectories(host.path("linked"));
        Files.createSymbolicLink(host.path("linked/first.yaml"), host.path("elsewhere"));

        for (String name : new String[] {"mine", "linked"}) {
            TestHost.Result refused = host.run("init", host.path(name).toString());
            assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(refused.err()).contains("is there already and stays as it is");
        }
        assertThat(host.path("mine/first.yaml")).hasContent("mine\n");
        assertThat(host.path("elsewhere")).doesNotExist();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        TestHost.Result refused = host.run("init", "/proc/vmtest");

        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.err())
                .contains("/proc/vmtest/first.yaml cannot be written")
                .doesNotContain("Exception");
    }
}
