package dev.vmtest.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFile;
import dev.vmtest.image.InstallImage;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.release.SourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceBuilderTests {

    @TempDir
    Path directory;

    private final Maker maker = new Maker();

    /** Play the program that makes a source: write its file, or fail. */
    private static final class Maker implements Processes {

        final List<Command> commands = new ArrayList<>();
        int status;

        @Override
        public Completed run(Command command, Duration timeout) {
            commands.add(command);
            List<String> words = command.arguments();
            int kind = words.indexOf("/dev/fd/3") - 1;
            if (status == 0) {
                try {
                    Files.writeString(Path.of(words.get(kind + 2)).resolve("root.tar.gz"), "made");
                } catch (IOException trouble) {
                    throw new UncheckedIOException(trouble);
                }
            }
            return new Completed(command, status, "", "mkfs.ext4: no room", Duration.ZERO);
        }

        @Override
        public Running start(Command command, Path output) {
            throw new IllegalStateException("nothing runs on");
        }

        @Override
        public Running startInteractive(Command command) {
            throw new IllegalStateException("nobody is there");
        }
    }

    private InstallImage image;

    @BeforeEach
    void makeImage() throws IOException {
        Path target = Files.writeString(directory.resolve("target.squashfs"), "squashfs");
        image = image(List.of(new ImageFile(InstallImage.TARGET, target, 8, "0".repeat(64))));
    }

    private static InstallImage image(List<ImageFile> files) {
        return new InstallImage("debian", "bookworm", "amd64", "generic", "1", "inputs", files);
    }

    private Map<String, Path> obtain() throws ImageException {
        return new SourceBuilder(maker, Map.of())
                .obtain(image, SourceKind.TGZ, directory.resolve("sources"), BuildListener.NONE);
    }

    @Test
    void aSourceIsMadeOnceAndFoundAfterwards() throws Exception {
        Map<String, Path> made = obtain();

        assertThat(made).containsOnlyKeys("root.tar.gz");
        assertThat(made.get("root.tar.gz")).hasContent("made").hasParent(place());
        assertThat(obtain()).isEqualTo(made);
        assertThat(maker.commands).hasSize(1);
        Command command = maker.commands.get(0);
        assertThat(command.input()).isEqualTo(image.file(InstallImage.TARGET).path());
        assertThat(command.arguments())
                .containsSubsequence("mmdebstrap", "--unshare-helper", "sh")
                .contains("tgz", "root_start=135168", "stamp=vmtest disk image");
    }

    @Test
    void aSourceWhoseBytesHaveChangedIsMadeAnew() throws Exception {
        Path file = obtain().get("root.tar.gz");
        Files.writeString(file, "mad3");

        assertThat(obtain().get("root.tar.gz")).hasContent("made");
        assertThat(maker.commands).hasSize(2);
        Files.delete(place().resolve("SHA256SUMS"));
        assertThat(SourceBuilder.isWhole(place())).isFalse();
    }

    @Test
    void whatAnEarlierProgramMadeOfTheSameKindGoes() throws Exception {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Path earlier = Files.createDirectory(sources.resolve("tgz-0123456789abcdef"));
        Path other = Files.createDirectory(sources.resolve("fsimage-layered-0123456789abcdef"));

        assertThat(obtain().get("root.tar.gz")).exists();

        assertThat(earlier).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aProgramThatFailsLeavesNothingBehind() throws IOException {
        maker.status = 1;

        assertThatThrownBy(this::obtain).isInstanceOf(ImageException.class).hasMessageContaining("no room");
        try (Stream<Path> left = Files.list(directory.resolve("sources"))) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly(".tgz.lock");
        }
    }

    @Test
    void anImageWithoutATargetIsNamed() {
        image = image(List.of());

        assertThatThrownBy(this::obtain)
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("bookworm amd64/generic 1 has no target image");
    }

    @Test
    void eachKindHasAKeyOfItsOwn() {
        assertThat(Arrays.stream(SourceKind.values()).map(SourceBuilder::key)).doesNotHaveDuplicates();
    }

    private Path place() {
        return directory.resolve("sources/tgz-" + SourceBuilder.key(SourceKind.TGZ));
    }
}
