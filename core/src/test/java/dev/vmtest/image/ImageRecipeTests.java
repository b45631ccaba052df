package dev.vmtest.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageRecipeTests {

    private static final AptSource MIRROR =
            new AptSource("http://mirror.example.invalid/debian", "bookworm", List.of("main"), null, Map.of());

    private static ImageRecipe recipe(DebianRelease release, ImageVariant variant, AptSource... sources) {
        return new ImageRecipe(release, "amd64", variant, List.of(sources));
    }

    @Test
    void hashesAllItsInputs() {
        String hash =
                recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC, MIRROR).inputs();

        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC, MIRROR).inputs())
                .isEqualTo(hash);
        assertThat(List.of(
                        recipe(DebianRelease.TRIXIE, ImageVariant.GENERIC, MIRROR)
                                .inputs(),
                        recipe(DebianRelease.BOOKWORM, ImageVariant.PLAIN, MIRROR)
                                .inputs(),
                        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).inputs(),
                        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC, MIRROR.withSuite("bookworm-updates"))
                                .inputs()))
                .doesNotContain(hash)
                .doesNotHaveDuplicates();
    }

    @Test
    void picksThePackagesOfARelease() {
        assertThat(recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).packages())
                .contains("cloud-init", "mdadm", "shim-signed", "reiserfsprogs")
                .doesNotContain("overlayroot", "systemd-cryptsetup")
                .allMatch(name -> name.matches("[a-z0-9][a-z0-9.+-]+"))
                .doesNotHaveDuplicates();
        assertThat(recipe(DebianRelease.TRIXIE, ImageVariant.GENERIC).packages())
                .contains("systemd-cryptsetup")
                .doesNotContain("reiserfsprogs");
        assertThat(recipe(DebianRelease.BOOKWORM, ImageVariant.PLAIN).packages())
                .contains("overlayroot");
    }

    @Test
    void writesEveryFileThatTheBuildScriptsName(@TempDir Path directory) throws Exception {
        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).writeFiles(directory);

        assertThat(directory.resolve("initrd/init")).content().startsWith("#!/bin/busybox sh");
        assertThat(directory.resolve("trim/etc/cloud/cloud.cfg")).isNotEmptyFile();
        for (String script : List.of("initrd/build", "installed/build")) {
            java.util.regex.Pattern.compile("\\$source/([a-z/]+[a-z])")
                    .matcher(Files.readString(directory.resolve(script)))
                    .results()
                    .map(named -> named.group(1))
                    // The script makes this one.
                    .filter(named -> !named.equals("installed/initramfs/conf"))
                    .forEach(named -> assertThat(directory.resolve(named)).exists());
        }
    }

    @Test
    void leavesNoFileOfTheTargetImageOut(@TempDir Path directory) throws Exception {
        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).writeFiles(directory);
        Path source = Path.of("src/main/resources/dev/vmtest/image/installed");

        try (var files = Files.walk(source)) {
            assertThat(files.filter(Files::isRegularFile).map(source::relativize))
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(directory.resolve("installed").resolve(file.toString()))
                                    .exists());
        }
    }
}
