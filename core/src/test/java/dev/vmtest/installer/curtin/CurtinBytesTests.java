package dev.vmtest.installer.curtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurtinBytesTests {

    @TempDir
    private Path directory;

    private String checkout(String name, String code) throws IOException {
        Path root = directory.resolve(name);
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("curtin/__pycache__"));
        Files.createDirectories(root.resolve("helpers"));
        Files.writeString(root.resolve("bin/curtin"), "#!/bin/sh\n");
        Files.writeString(root.resolve("curtin/block.py"), code);
        Files.writeString(root.resolve("curtin/__pycache__/block.pyc"), name);
        Files.writeString(root.resolve("helpers/common"), "x");
        Files.setLastModifiedTime(root.resolve("helpers/common"), FileTime.fromMillis(name.hashCode()));
        return "PYTHON=python3 " + root.resolve("bin/curtin") + " --quiet";
    }

    @Test
    void twoCheckoutsOfTheSameAreTheSame() throws IOException {
        String one = checkout("one", "code");
        assertThat(new CurtinChoice(one, () -> Set.of()).fingerprint())
                .isEqualTo(new CurtinChoice(checkout("two", "code"), () -> Set.of()).fingerprint())
                .isNotEqualTo(new CurtinChoice(checkout("three", "other"), () -> Set.of()).fingerprint())
                .isNotEqualTo(new CurtinChoice(one + " --verbose", () -> Set.of()).fingerprint());
        assertThat(CurtinBytes.of(one).files().keySet())
                .contains("bin/curtin", "curtin/block.py", "helpers/common")
                .noneMatch(name -> name.contains("__pycache__"));
    }
}
