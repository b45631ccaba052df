package dev.vmtest.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskImagesTests {

    private static final long GIB = 1L << 30;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private final DiskImages images = new DiskImages(processes);

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        processes.close();
    }

    @Test
    void createsASparseRawImage() throws Exception {
        Path image = directory.resolve("install_disk.img");
        images.createRaw(image, 10 * GIB);

        assertThat(Files.size(image)).isEqualTo(10 * GIB);
        assertThat(allocated(image)).isLessThan(1 << 20);
    }

    @Test
    void replacesNothing() throws Exception {
        Path image = Files.writeString(directory.resolve("a.img"), "precious");

        assertThatExceptionOfType(DiskException.class)
                .isThrownBy(() -> images.createRaw(image, GIB))
                .withMessage(image + " is there already; remove it or choose another directory");
        assertThatExceptionOfType(DiskException.class).isThrownBy(() -> images.createOverlay(image, image, "raw"));
        assertThatExceptionOfType(DiskException.class).isThrownBy(() -> images.copySparse(image, image));
        assertThat(image).hasContent("precious");
    }

    @Test
    void leavesNothingWhenARawImageCannotBeMade() {
        Path image = directory.resolve("absent/a.img");

        assertThatExceptionOfType(DiskException.class)
                .isThrownBy(() -> images.createRaw(image, GIB))
                .withMessageContaining("cannot make " + image);
        // Larger than any file may be.
        Path huge = directory.resolve("huge.img");
        assertThatExceptionOfType(DiskException.class).isThrownBy(() -> images.createRaw(huge, Long.MAX_VALUE));
        assertThat(huge).doesNotExist();
        assertThatIllegalArgumentException().isThrownBy(() -> images.createRaw(huge, 0));
    }

    @Test
    void createsAnOverlayOverARawImage() throws Exception {
        Path backing = directory.resolve("base.img");
        images.createRaw(backing, GIB);
        Path overlay = directory.resolve("overlay, with=odd name.qcow2");
        images.createOverlay(overlay, backing, "raw");

        String info = processes
                .run(Command.of("qemu-img", "info", "--output=json", overlay.toString()), Duration.ofSeconds(60))
                .requireSuccess()
                .stdout();
        assertThat(info).contains("\"format\": \"qcow2\"", "\"virtual-size\": " + GIB, backing.toString());
        assertThat(info).contains("\"backing-filename-format\": \"raw\"");
    }

    @Test
    void leavesNothingWhenAToolFailsHalfway() {
        DiskImages broken = new DiskImages(new HalfwayProcesses());
        Path overlay = directory.resolve("overlay.qcow2");
        Path copy = directory.resolve("copy.img");

        assertThatExceptionOfType(DiskException.class)
                .isThrownBy(() -> broken.createOverlay(overlay, directory.resolve("base"), "raw"))
                .withMessageContaining("ended with exit status 1:\n  No space left on device");
        assertThatExceptionOfType(DiskException.class)
                .isThrownBy(() -> broken.copySparse(directory.resolve("base"), copy));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void copiesSparsely() throws Exception {
        Path from = directory.resolve("from.img");
        Path to = directory.resolve("-to.img");
        images.createRaw(from, 64 << 20);
        writeAt(from, 40 << 20, "data");
        images.copySparse(from, to);

        assertThat(Files.mismatch(from, to)).isEqualTo(-1);
        assertThat(allocated(to)).isLessThan(1 << 20);
    }

    @Test
    void packsImagesSparselyAndRemovesThem() throws Exception {
        Path first = directory.resolve("install_disk.img");
        images.createRaw(first, GIB);
        writeAt(first, 500 << 20, "data");
        Path second = directory.resolve("-C odd.img");
        images.createRaw(second, 1 << 20);
        Path other = Files.writeString(directory.resolve("ovmf_vars.fd"), "kept");

        assertThat(images.pack(directory)).containsExactlyInAnyOrder(first, second);

        Path packed = directory.resolve("disks.tar");
        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder("disks.tar", other.getFileName().toString());
        assertThat(Files.size(packed)).isLessThan(1 << 20);
        String listing = processes
                .run(Command.of("tar", "-tvf", packed.toString()), Duration.ofSeconds(60))
                .requireSuccess()
                .stdout();
        assertThat(listing).contains("" + GIB, "./install_disk.img", "./-C odd.img");
    }

    @Test
    void keepsTheImagesWhenPackingFails() throws Exception {
        Path image = directory.resolve("a.img");
        images.createRaw(image, 1 << 20);

        assertThatExceptionOfType(DiskException.class)
                .isThrownBy(() -> new DiskImages(new HalfwayProcesses()).pack(directory));
        assertThat(directory.toFile().list()).containsExactly("a.img");
        Files.writeString(directory.resolve("disks.tar"), "old");
        assertThatExceptionOfType(DiskException.class)
                .isThrownBy(() -> images.pack(directory))
                .withMessageContaining("is there already");
        assertThat(image).exists();
    }

    @Test
    void packsNothingWhereThereIsNothing() throws Exception {
        assertThat(images.pack(directory)).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void requiresFreeSpace() throws Exception {
        DiskImages small = new DiskImages(processes, path -> 3 * GIB / 2);

        small.requireFree(directory, 3 * GIB / 2);
        assertThatExceptionOfType(DiskException.class)
                .isThrownBy(() -> small.requireFree(directory, 4 * GIB))
                .withMessage("not enough space in " + directory + ": 4.0 GiB needed, 1.5 GiB available;"
                        + " free some, or choose another place with CURTIN_VMTEST_TOPDIR or TMPDIR");
        images.requireFree(directory, 1);
        assertThatExceptionOfType(DiskException.class)
                .isThrownBy(() -> images.requireFree(directory.resolve("absent"), 1))
                .withMessageContaining("cannot tell the free space");
    }

    private long allocated(Path file) throws ProcessException {
        String blocks = processes
                .run(Command.of("stat", "--format=%b", "--", file.toString()), Duration.ofSeconds(60))
                .requireSuccess()
                .stdout();
        return Long.parseLong(blocks.strip()) * 512;
    }

    private static void writeAt(Path file, long offset, String text) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            open.writeBytes(text);
        }
    }

    /** Write the beginning of the file that the command names, then fail as a full disk makes tools fail. */
    private static final class HalfwayProcesses implements Processes {

        @Override
        public Completed run(Command command, Duration timeout) {
            String last = command.arguments().get(command.arguments().size() - 1);
            String file = command.arguments().stream()
                    .filter(argument -> argument.startsWith("--file="))
                    .map(argument -> argument.substring("--file=".length()))
                    .findFirst()
                    .orElse(last);
            try {
                Files.writeString(Path.of(file), "half");
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
            return new Completed(command, 1, "", "No space left on device\n", Duration.ofSeconds(1));
        }

        @Override
        public Running start(Command command, Path output) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Running startInteractive(Command command) {
            throw new UnsupportedOperationException();
        }
    }
}
