package dev.vmtest.testcase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.config.Problems;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFile;
import dev.vmtest.image.Images;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.curtin.CurtinChoice;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.publish.PublishListener;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.release.SourceKind;
import dev.vmtest.testcase.TestDefinition.InstallTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSourceTests {

    @TempDir
    private Path directory;

    private final PublishServer server = serve();

    private static PublishServer serve() {
        try {
            return PublishServer.onLoopback("0123456789abcdef0123456789abcdef", PublishListener.NONE);
        } catch (IOException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    @BeforeEach
    void makeFiles() throws IOException {
        Files.writeString(directory.resolve("file"), "the image");
    }

    @AfterEach
    void end() {
        server.close();
    }

    private static TestCase test(String release, InstallTarget target) {
        TestDefinition plain = TestDefinition.ofConfig("Example", new ConfigSource("x.yaml", "{}"), List.of(release));
        TestDefinition definition = SampleDefinition.of(plain, List.of(), List.of(), target);
        Problems problems = new Problems();
        TestCase test = new TestCases(SampleDefaults.of(new CurtinChoice("curtin"), KnownIssues.NONE, Fidelity.RESUME))
                .of(definition, definition.releases(), problems)
                .get(0);
        problems.throwIfAny();
        return test;
    }

    /** An image of every release that has the files of the type that is asked for, or of another. */
    private Images images(String type) {
        return new Images() {
            @Override
            public InstallImage find(String release) {
                throw new IllegalStateException("the target's image is asked for");
            }

            @Override
            public InstallImage findTarget(String release, String fileType) {
                return new InstallImage(
                        "os",
                        release,
                        "amd64",
                        "ga",
                        "1",
                        "",
                        List.of(new ImageFile(type, directory.resolve("file"), 9, "0".repeat(64))));
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "bookworm, trixie, squashfs, fsimage",
        "bionic, focal, squashfs, fsimage",
        "jammy, '', root-tgz, tgz",
        "centos70-from-bionic, '', squashfs, tgz",
        "ubuntu-core-20-from-focal, '', squashfs, dd-xz",
        "focal, ubuntu-core-20, root-image.xz, dd-xz"
    })
    void theTypeOfTheTargetsFileSaysHowItIsInstalled(String release, String target, String written, String scheme)
            throws Exception {
        TestCase test = test(release, new InstallTarget(target, written));
        String type = test.target().fileType();

        String source = TargetSource.of(test, images(type), server);

        assertThat(source).startsWith(scheme + ":http://10.0.2.2:").endsWith("/target/" + type);
        URI here = URI.create(source.substring(scheme.length() + 1).replace("10.0.2.2", "127.0.0.1"));
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(here).build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("the image");
    }

    @Test
    void aTargetOfTheInstallEnvironmentsOwnReleaseIsCopiedFromIt() throws Exception {
        assertThat(TargetSource.of(test("jammy-hwe", InstallTarget.SAME), images("squashfs"), server))
                .isEqualTo("cp:///media/root-ro");
        assertThat(TargetSource.of(test("bookworm", new InstallTarget("bookworm", "squashfs")), images("x"), server))
                .isEqualTo("cp:///media/root-ro");
    }

    @Test
    void anImageWithoutTheFileIsNamed() {
        TestCase test = test("jammy", new InstallTarget("", "root-tgz"));
        assertThatThrownBy(() -> TargetSource.of(test, images("squashfs"), server))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("has no root-tgz to install")
                .hasMessageContaining("squashfs, root-tgz, root-image.xz");
    }

    @Test
    void aSourceThatTheConfigurationAsksForIsMadeAndServedWithAllItsFiles() throws Exception {
        Problems problems = new Problems();
        TestDefinition definition = TestDefinition.ofConfig(
                "Example", new ConfigSource("x.yaml", "vmtest: {source: fsimage-layered}"), List.of("bookworm"));
        TestCase test = new TestCases(SampleDefaults.of(new CurtinChoice("curtin"), KnownIssues.NONE, Fidelity.RESUME))
                .of(definition, definition.releases(), problems)
                .get(0);
        InstallImage image = new InstallImage("debian", "bookworm", "amd64", "generic", "1", "x", List.of());
        Images images = new Images() {
            @Override
            public InstallImage find(String release) {
                return image;
            }

            @Override
            public Map<String, Path> source(InstallImage from, SourceKind kind) {
                assertThat(from).isSameAs(image);
                assertThat(kind).isEqualTo(SourceKind.FSIMAGE_LAYERED);
                return Map.of(
                        "base.squashfs", directory.resolve("file"), "base.upper.squashfs", directory.resolve("file"));
            }
        };

        String source = TargetSource.of(test, images, server);

        assertThat(source).startsWith("fsimage-layered:http://10.0.2.2:").endsWith("/source/base.upper.squashfs");
        assertThat(server.publishedFiles().keySet())
                .anyMatch(path -> path.endsWith("/source/base.squashfs"))
                .anyMatch(path -> path.endsWith("/source/base.upper.squashfs"));
    }

    @Test
    void imagesThatAreOnlyFoundMakeNoSource() {
        InstallImage image = new InstallImage("debian", "bookworm", "amd64", "generic", "1", "x", List.of());
        assertThatThrownBy(() -> images("x").source(image, SourceKind.TGZ))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("no source is made");
    }
}
