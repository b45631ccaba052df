package dev.vmtest.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.release.KnownRelease;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.release.ReleaseTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageChoiceTests {

    private static final String[] BOOTING = {"boot-kernel", "boot-initrd", "squashfs"};

    @TempDir
    private Path directory;

    private final List<InstallImage> images = new ArrayList<>();

    private InstallImage add(String os, String release, String arch, String subarch, String version, String... ftypes)
            throws IOException {
        List<ImageFile> files = new ArrayList<>();
        for (String ftype : ftypes) {
            Path file = directory.resolve(String.join("-", os, release, arch, subarch, version, ftype));
            files.add(new ImageFile(ftype, Files.writeString(file, ftype), ftype.length(), "0".repeat(64)));
        }
        InstallImage image = new InstallImage(os, release, arch, subarch, version, "", files);
        images.add(image);
        return image;
    }

    private ImageChoice choice() {
        return new ImageChoice(new ImageDirectory(directory), images);
    }

    private static ReleaseBase base(String name) {
        return ReleaseTable.base(name).orElseThrow();
    }

    @Test
    void takesTheKernelOfTheBase() throws Exception {
        InstallImage ga = add("ubuntu", "jammy", "amd64", "ga-22.04", "20261101", BOOTING);
        add("ubuntu", "jammy", "amd64", "ga-22.04-lowlatency", "20261109", BOOTING);
        add("ubuntu", "jammy", "arm64", "ga-22.04", "20261109", BOOTING);
        add("ubuntu", "noble", "amd64", "ga-24.04", "20261109", BOOTING);
        InstallImage older = add("ubuntu", "jammy", "amd64", "hwe-22.04", "20261102", BOOTING);
        InstallImage hwe = add("ubuntu", "jammy", "amd64", "hwe-22.04", "20261110", BOOTING);
        InstallImage edge = add("ubuntu", "jammy", "amd64", "hwe-22.04-edge", "20261111", BOOTING);

        assertThat(choice().newest(base("jammy"), "amd64", ImageVariant.GENERIC))
                .isEqualTo(ga);
        assertThat(choice().newest(base("jammy-hwe"), "amd64", ImageVariant.GENERIC))
                .isEqualTo(hwe)
                .isNotEqualTo(older);
        assertThat(choice().newest(base("jammy-edge"), "amd64", ImageVariant.PLAIN))
                .isEqualTo(edge);
    }

    @Test
    void anImageThatCannotBootIsNone() throws Exception {
        add("ubuntu", "jammy", "amd64", "hwe-22.04", "20261110", "boot-kernel", "boot-initrd");

        assertThatThrownBy(() -> choice().newest(base("jammy-hwe"), "amd64", ImageVariant.GENERIC))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("there is no image of jammy amd64/hwe-22.04 in " + directory)
                .hasMessageContaining("'vmtest images sync jammy --arches amd64'");
    }

    @Test
    void takesTheFileOfATarget() throws Exception {
        InstallImage centos = add("centos", "centos70", "amd64", "generic", "20261110", "root-tgz");
        KnownRelease release = base("centos70-from-xenial").target();

        assertThat(choice().newestWith(release, "amd64", "root-tgz")).isEqualTo(centos);
        assertThatThrownBy(() -> choice().newestWith(release, "amd64", "root-image.xz"))
                .hasMessageContaining("there is no root-image.xz of centos70 amd64")
                .hasMessageContaining("'vmtest images sync centos70 --arches amd64'");
    }

    @Test
    void damageIsSaidWithWhatMendsIt() throws Exception {
        InstallImage mirrored = add("ubuntu", "jammy", "amd64", "ga-22.04", "20261101", BOOTING);
        InstallImage built = add("debian", "trixie", "amd64", "generic", "20261101", BOOTING);
        Files.delete(mirrored.kernel());
        Files.writeString(built.squashfs(), "short");

        assertThatThrownBy(() -> choice().newest(base("jammy"), "amd64", ImageVariant.GENERIC))
                .hasMessageContaining("boot-kernel is missing")
                .hasMessageContaining("fetch it again with 'vmtest images sync jammy --arches amd64'");
        assertThatThrownBy(() -> choice().newest(base("trixie"), "amd64", ImageVariant.GENERIC))
                .hasMessageContaining("has 5 bytes, not 8")
                .hasMessageContaining("build it again with 'vmtest images build --release trixie --force'");
    }
}
