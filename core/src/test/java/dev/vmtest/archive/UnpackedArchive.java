package dev.vmtest.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Have an archive, the directory that it is unpacked to, and what must stay untouched around that. */
final class UnpackedArchive {

    final Path top;
    final Path archive;
    Path destination;
    final Path outside;

    UnpackedArchive(Path top) throws IOException {
        this.top = top;
        this.archive = top.resolve("archive");
        this.destination = top.resolve("inner/collect");
        this.outside = Files.writeString(top.resolve("outside"), "untouched");
    }

    ExtractReport extract() throws TarException, IOException {
        return new TarExtractor(TarLimits.DEFAULT).extract(archive, destination);
    }

    /** Look at everything around the destination, and at where every link below it really leads. */
    void assertNothingEscaped() throws IOException {
        assertThat(outside).hasContent("untouched");
        assertThat(top.toFile().list()).containsExactlyInAnyOrder("archive", "inner", "outside");
        Path inner = top.resolve("inner").toRealPath();
        List<Path> links = new ArrayList<>();
        try (Stream<Path> below = Files.walk(inner)) {
            below.filter(Files::isSymbolicLink).filter(Files::exists).forEach(links::add);
        }
        assertThat(links).allSatisfy(link -> {
            try {
                Path own = inner.resolve(inner.relativize(link).getName(0));
                assertThat(link.toRealPath().startsWith(own)).isTrue();
            } catch (IOException loop) {
                throw new UncheckedIOException(loop);
            }
        });
    }
}
