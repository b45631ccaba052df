package dev.vmtest.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.image.ImageException;
import dev.vmtest.release.DebianRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostAptTests {

    private static final String STANZAS = """
            Types: deb
            URIs: http://mirror.example.invalid/debian/
            Suites: bookworm bookworm-updates bookworm-backports
            Components: main contrib
            Signed-By: /keys/debian.gpg

            Types: deb
            URIs: http://mirror.example.invalid/debian-security
            Suites: bookworm-security
            Components: main
            Signed-By: /keys/debian.gpg
            """;

    @TempDir
    Path host;

    private Path etc;

    @BeforeEach
    void makeConfiguration() throws IOException {
        etc = Files.createDirectories(host.resolve("etc/apt"));
        Files.createDirectories(etc.resolve("sources.list.d"));
    }

    private HostApt read(String origins, String... settings) throws IOException {
        return HostApt.of(
                "Dir \"" + host + "/\";\nDir::Etc \"etc/apt\";\nDir::Etc::sourcelist \"sources.list\";\n"
                        + "Dir::Etc::sourceparts \"sources.list.d\";\n" + String.join("\n", settings),
                origins);
    }

    @Test
    void takesTheHostsOwnLinesOfARelease() throws Exception {
        Files.writeString(etc.resolve("sources.list.d/debian.sources"), STANZAS);

        assertThat(read("").sourcesOf(DebianRelease.BOOKWORM))
                .extracting(AptSource::line)
                .containsExactly(
                        "deb [signed-by=/keys/debian.gpg] http://mirror.example.invalid/debian bookworm main",
                        "deb [signed-by=/keys/debian.gpg] http://mirror.example.invalid/debian bookworm-updates main",
                        "deb [signed-by=/keys/debian.gpg] http://mirror.example.invalid/debian-security"
                                + " bookworm-security main");
    }

    @Test
    void derivesAnotherReleaseFromTheHostsMirror() throws Exception {
        Files.writeString(etc.resolve("sources.list.d/debian.sources"), STANZAS);

        assertThat(read("").sourcesOf(DebianRelease.TRIXIE))
                .extracting(AptSource::suite)
                .containsExactly("trixie", "trixie-updates", "trixie-security");
    }

    @Test
    void readsRollingNamesAndTheOneLineFormat() throws Exception {
        Files.writeString(etc.resolve("sources.list"), "deb http://mirror.example.invalid/debian stable main\n");

        assertThat(read("").sourcesOf(DebianRelease.TRIXIE))
                .extracting(AptSource::line)
                .containsExactly("deb http://mirror.example.invalid/debian trixie main");
    }

    @Test
    void leavesThirdPartiesOut() throws Exception {
        Files.writeString(etc.resolve("sources.list"), "deb http://vendor.example.invalid/apt bookworm main\n");
        Files.writeString(etc.resolve("sources.list.d/debian.sources"), STANZAS);
        String origins = """
                Packages\thttp://vendor.example.invalid/apt/\tbookworm\tVendor
                Packages\thttp://mirror.example.invalid/debian/\tbookworm\tDebian
                """;

        assertThat(read(origins).sourcesOf(DebianRelease.BOOKWORM))
                .extracting(AptSource::uri)
                .containsOnly("http://mirror.example.invalid/debian", "http://mirror.example.invalid/debian-security");
    }

    @Test
    void saysWhatToAddWhenThereIsNoDebianMirror() throws Exception {
        Files.writeString(etc.resolve("sources.list"), "deb http://mirror.example.invalid/other jammy main\n");
        HostApt apt = read("");

        assertThatThrownBy(() -> apt.sourcesOf(DebianRelease.TRIXIE))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("no source of Debian trixie")
                .hasMessageContaining("deb MIRROR trixie main");
    }

    @Test
    void passesOnHowArchivesAreReached() throws Exception {
        assertThat(read(
                                "",
                                "Acquire::http::Proxy \"http://proxy.example.invalid:3142\";",
                                "Acquire::Check-Valid-Until \"false\";",
                                "Acquire::Languages \"none\";",
                                "Acquire::https \"\";",
                                "APT::Install-Recommends \"1\";")
                        .options())
                .containsExactly(
                        "Acquire::http::Proxy \"http://proxy.example.invalid:3142\";",
                        "Acquire::Check-Valid-Until \"false\";");
    }
}
