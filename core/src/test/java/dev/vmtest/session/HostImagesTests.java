package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageNeeds;
import dev.vmtest.release.Architecture;
import dev.vmtest.release.Renderer;
import dev.vmtest.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostImagesTests {

    @TempDir
    static Path directory;

    @AutoClose
    private final HostImages images = images();

    private static HostImages images() {
        Map<String, String> environment = Map.of("IMAGE_DIR", directory.toString(), "HOME", directory.toString());
        return new HostImages(Settings.read(environment), environment, Clock.systemUTC());
    }

    /** Write a tree with images of bookworm. */
    private static void tree(String... versions) throws IOException {
        Path streams = Files.createDirectories(directory.resolve("streams/v1"));
        String arch = Architecture.host().debianName();
        String product = "dev.vmtest.images:built:debian:bookworm:" + arch + ":generic";
        Files.writeString(streams.resolve("index.json"), """
                {"format": "index:1.0", "index": {"dev.vmtest:images:built": {"datatype": "image-downloads",
                 "format": "products:1.0", "path": "streams/v1/built.json", "products": ["%s"]}}}
                """.formatted(product));
        StringBuilder all = new StringBuilder();
        for (String version : versions) {
            all.append(all.isEmpty() ? "" : ", ")
                    .append("\"%s\": {\"inputs\": \"none\", \"items\": {%s}}".formatted(version, items(arch, version)));
        }
        Files.writeString(streams.resolve("built.json"), """
                {"content_id": "dev.vmtest:images:built", "datatype": "image-downloads", "format": "products:1.0",
                 "products": {"%s": {"os": "debian", "release": "bookworm", "version": "12", "arch": "%s",
                  "subarch": "generic", "versions": {%s}}}}
                """.formatted(product, arch, all));
    }

    private static String items(String arch, String version) throws IOException {
        Path place = Path.of("debian", "bookworm", arch, version, "generic");
        Files.createDirectories(directory.resolve(place));
        for (String name : new String[] {"boot-kernel", "boot-initrd", "squashfs"}) {
            Files.writeString(directory.resolve(place).resolve(name), name);
        }
        return Stream.of("boot-kernel", "boot-initrd", "squashfs")
                .map(name -> "\"%s\": {\"ftype\": \"%1$s\", \"path\": \"%s\", \"size\": %d, \"sha256\": \"%s\"}"
                        .formatted(name, place.resolve(name), name.length(), "0".repeat(64)))
                .collect(Collectors.joining(", "));
    }

    @Test
    void allTestsOfARunUseTheSameImage() throws Exception {
        tree("20261121.1");
        images.hold();
        assertThat(images.find("bookworm").version()).isEqualTo("20261121.1");
        assertThat(images.findTarget("bookworm", "squashfs").version()).isEqualTo("20261121.1");

        tree("20261121.1", "20261122.1");

        assertThat(images.find("bookworm").version()).isEqualTo("20261121.1");
        assertThat(images.findTarget("bookworm", "squashfs").version()).isEqualTo("20261121.1");
    }

    @Test
    void aRendererHasImagesOfItsOwn() throws Exception {
        tree("20261121.1");

        assertThat(images.find("bookworm", ImageNeeds.of(Renderer.IFUPDOWN)).subarch())
                .isEqualTo("generic");
        assertThatThrownBy(() -> images.find("bookworm", ImageNeeds.of(Renderer.NETWORKD)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("there is no image of bookworm")
                .hasMessageContaining("with the variant networkd")
                .hasMessageContaining("vmtest images build --release bookworm --variant networkd");
    }

    @Test
    void aPoolNeedsAnImageOfItsOwn() throws Exception {
        tree("20261121.1");

        assertThatThrownBy(() -> images.find("bookworm", new ImageNeeds(Renderer.IFUPDOWN, true)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("with the variant zfs")
                .hasMessageContaining("vmtest images build --release bookworm --variant zfs");
    }

    @Test
    void whoDoesNotHoldTheImagesGetsTheNewest() throws Exception {
        tree("20261121.1");
        assertThat(images.find("bookworm").version()).isEqualTo("20261121.1");
        images.hold();
        assertThat(images.find("bookworm").version()).isEqualTo("20261121.1");
        images.close();

        tree("20261121.1", "20261122.1");

        assertThat(images.find("bookworm").version()).isEqualTo("20261122.1");
    }
}
