package dev.vmtest.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldsTests {

    @TempDir
    private Path directory;

    @Test
    void aPathThatIsThereMayHoldColons() throws IOException {
        Path file = Files.createFile(directory.resolve("12:30:a.img"));
        Files.createFile(directory.resolve("12"));

        assertThat(Fields.ofPath(file.toString())).containsExactly(file.toString());
        assertThat(Fields.ofPath(file + ":10G:scsi-hd")).containsExactly(file.toString(), "10G", "scsi-hd");
        assertThat(Fields.ofPath(directory + "/12:30:b")).containsExactly(directory + "/12", "30", "b");
    }

    @Test
    void otherPathsEndAtTheFirstColon() {
        assertThat(Fields.ofPath("new.img:10G::4096")).containsExactly("new.img", "10G", "", "4096");
        assertThat(Fields.ofPath("new\\:a.img:10G")).containsExactly("new:a.img", "10G");
        assertThat(Fields.ofPath("new.img:")).containsExactly("new.img", "");
        assertThat(Fields.ofPath("new.img")).containsExactly("new.img");
        assertThat(Fields.ofPath("")).containsExactly("");
        assertThat(Fields.ofPath("nul\0:a")).containsExactly("nul\0", "a");
    }

    @Test
    void aCommaInAFieldIsDoubled() {
        assertThat(Fields.ofList("file=a,,b.img,driver=nvme")).containsExactly("file=a,b.img", "driver=nvme");
        assertThat(Fields.ofList("user")).containsExactly("user");
        assertThat(Fields.ofList("a,,,b,")).containsExactly("a,", "b", "");
    }
}
