package dev.vmtest.image.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AptSourcesReaderTests {

    @Test
    void readsOneLineSources() {
        List<AptSource> sources = AptSourcesReader.oneLine("""
                # deb http://commented.example.invalid/debian bookworm main
                deb http://mirror.example.invalid/debian/ bookworm main contrib # trailing words
                deb-src http://mirror.example.invalid/debian bookworm main
                deb [ arch=amd64 signed-by=/etc/apt/keyrings/own.gpg trusted=yes ] https://other.example.invalid/debian bookworm-updates main
                deb http://flat.example.invalid/ ./
                """);

        assertThat(sources)
                .extracting(AptSource::line)
                .containsExactly(
                        "deb http://mirror.example.invalid/debian bookworm main contrib",
                        "deb [signed-by=/etc/apt/keyrings/own.gpg trusted=yes]"
                                + " https://other.example.invalid/debian bookworm-updates main");
    }

    @Test
    void readsStanzas() {
        List<AptSource> sources = AptSourcesReader.deb822("""
                # A comment.
                Types: deb deb-src
                URIs: http://mirror.example.invalid/debian
                Suites: bookworm
                 bookworm-updates
                Components: main non-free
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Enabled: no
                Types: deb
                URIs: http://off.example.invalid/debian
                Suites: bookworm
                Components: main


                Types: deb-src
                URIs: http://source.example.invalid/debian
                Suites: bookworm
                Components: main
                """);

        assertThat(sources)
                .containsExactly(
                        new AptSource(
                                "http://mirror.example.invalid/debian",
                                "bookworm",
                                List.of("main", "non-free"),
                                "/usr/share/keyrings/debian-archive-keyring.gpg",
                                Map.of()),
                        new AptSource(
                                "http://mirror.example.invalid/debian",
                                "bookworm-updates",
                                List.of("main", "non-free"),
                                "/usr/share/keyrings/debian-archive-keyring.gpg",
                                Map.of()));
    }

    @Test
    void readsAnEmbeddedKey() {
        List<AptSource> sources = AptSourcesReader.deb822("""
                Types: deb
                URIs: http://mirror.example.invalid/debian
                Suites: trixie
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abcd
                 -----END PGP PUBLIC KEY BLOCK-----
                """);

        assertThat(sources).singleElement().satisfies(source -> {
            assertThat(source.hasEmbeddedKey()).isTrue();
            assertThat(source.signedBy())
                    .isEqualTo("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabcd\n-----END PGP PUBLIC KEY BLOCK-----");
        });
    }
}
