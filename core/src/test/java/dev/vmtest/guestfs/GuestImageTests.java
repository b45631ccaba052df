package dev.vmtest.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestImageTests {

    private static final byte[] QCOW2 = {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3};

    @TempDir
    private Path directory;

    @Test
    void aRawDiskThatPosesAsQcow2IsNotRead() throws IOException {
        Path file = write("main_disk.img", QCOW2);
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> GuestImage.of(file, null))
                .withMessageStartingWith(file + " begins like a qcow2 image but is not called so")
                .withMessageContaining("--format raw or --format qcow2");
    }

    @Test
    void whoSaysTheFormatIsBelieved() throws IOException {
        Path file = write("main_disk.img", QCOW2);
        assertThat(GuestImage.of(file, GuestImage.Format.RAW).format()).isEqualTo(GuestImage.Format.RAW);
        assertThat(GuestImage.of(file, GuestImage.Format.QCOW2).format()).isEqualTo(GuestImage.Format.QCOW2);
    }

    @Test
    void aRawFileThatIsCalledQcow2IsNotRead() throws IOException {
        Path file = write("disk.qcow2", new byte[16]);
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> GuestImage.of(file, null))
                .withMessageContaining("is no qcow2 image");
    }

    @Test
    void theFirstBytesTellAFileSystemFromADisk() throws IOException {
        byte[] ext4 = new byte[4096];
        ext4[1024 + 56] = 0x53;
        ext4[1024 + 57] = (byte) 0xef;
        assertThat(content("a.img", ext4)).isEqualTo(GuestImage.Content.FILE_SYSTEM);
        assertThat(content("b.img", "XFSB....".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(GuestImage.Content.FILE_SYSTEM);
        assertThat(content("squashfs", "hsqs....".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(GuestImage.Content.SQUASHFS);
        assertThat(content("c.img", new byte[4096])).isEqualTo(GuestImage.Content.DISK);
        assertThat(content("d.qcow2", Arrays.copyOf(QCOW2, 4096))).isEqualTo(GuestImage.Content.DISK);
        assertThat(content("empty", new byte[0])).isEqualTo(GuestImage.Content.DISK);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> GuestImage.of(directory.resolve("none.img"), null))
                .withMessageContaining("none.img cannot be read")
                .withMessageContaining("name a file that you may read");
    }

    private GuestImage.Content content(String name, byte[] bytes) throws IOException {
        return GuestImage.of(write(name, bytes), null).content();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }
}
