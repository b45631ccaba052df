package dev.vmtest.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.files.PlannedChange;
import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageStore;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.ImageVersions;
import dev.vmtest.image.InstallImage;
import dev.vmtest.image.PlannedBuild;
import dev.vmtest.image.PrunedImages;
import dev.vmtest.release.DebianRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImageBuilderTests {

    private static final Instant DAY = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    Path temporary;

    private Path root;
    private FakeBuildTools tools;
    private Instant now = DAY;

    @BeforeEach
    void prepare() throws IOException {
        root = temporary.resolve("images");
        tools = new FakeBuildTools(temporary.resolve("host"));
    }

    private ImageStore store() {
        return new ImageStore(new ImageDirectory(root), clock());
    }

    private InstantSource clock() {
        return () -> now;
    }

    private InstallImage build(boolean force, int keep) throws ImageException {
        return build(DebianRelease.BOOKWORM, force, keep, BuildListener.NONE);
    }

    private InstallImage build(DebianRelease release, boolean force, int keep, BuildListener listener)
            throws ImageException {
        return new ImageBuilder(tools, store(), clock(), Map.of())
                .build(release, ImageVariant.GENERIC, force, keep, listener);
    }

    private List<String> leftOver() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .filter(name -> !name.equals(".locks"))
                    .toList();
        }
    }

    @Test
    void buildsAnImageThatTheStoreFinds() throws Exception {
        List<String> told = new ArrayList<>();
        InstallImage image = build(DebianRelease.BOOKWORM, false, 1, new BuildListener() {
            @Override
            public void step(String name) {
                told.add(name);
            }

            @Override
            public void detail(String line) {
                told.add("  " + line);
            }
        });

        assertThat(image.version()).isEqualTo("20261122");
        assertThat(image.squashfs()).hasContent("root");
        assertThat(image.agentVersion()).as("machines can be resumed from it").hasValue(1);
        assertThat(store().newest("bookworm", "amd64", ImageVariant.GENERIC)).isEqualTo(image);
        assertThat(store().verify(image)).isEmpty();
        assertThat(leftOver()).isEmpty();
        assertThat(told).contains("making the root of bookworm with mmdebstrap --mode=unshare", "  success");
        assertThat(tools.builds)
                .singleElement()
                .satisfies(words -> assertThat(words)
                        .contains(
                                "--mode=unshare",
                                "bookworm",
                                "deb http://mirror.example.invalid/debian bookworm main"));
    }

    @Test
    void buildsAVariantWithItsOwnFiles() throws Exception {
        InstallImage image = new ImageBuilder(tools, store(), clock(), Map.of())
                .build(DebianRelease.BOOKWORM, ImageVariant.NETWORKD, false, 1, BuildListener.NONE);

        assertThat(store().newest("bookworm", "amd64", ImageVariant.NETWORKD)).isEqualTo(image);
        assertThat(tools.builds)
                .singleElement()
                .satisfies(words -> assertThat(words)
                        .anyMatch(word -> word.startsWith("--customize-hook=upload ")
                                && word.endsWith("/networkd/netplan-ovs.conf"
                                        + " /etc/systemd/system/netplan-ovs-.service.d/vmtest.conf"))
                        .anyMatch(word -> word.contains("netplan.io")));
    }

    @Test
    void buildsWithoutWorkThatIsThrownAway() throws Exception {
        build(DebianRelease.BOOKWORM, false, 1, BuildListener.NONE);
        build(DebianRelease.TRIXIE, false, 1, BuildListener.NONE);

        assertThat(tools.commands)
                .allSatisfy(command -> assertThat(command.environment())
                        .as("no initramfs by a kernel")
                        .containsEntry("INITRD", "No"));
        assertThat(tools.builds)
                .as("no filter for each package")
                .allSatisfy(words -> assertThat(words)
                        .anyMatch(word -> word.matches("--extract-hook=sh \\S+/prepare \\S+ \"\\$1\""))
                        .noneMatch(word -> word.startsWith("--dpkgopt=path-")));
        assertThat(tools.builds.get(0)).anyMatch(word -> word.matches("--setup-hook=sh \\S+/merged-usr \"\\$1\""));
        assertThat(tools.builds.get(1)).noneMatch(word -> word.startsWith("--setup-hook="));
    }

    @Test
    void aPlanNamesWhatABuildMakesAndRemovesAndDoesNothing() throws Exception {
        InstallImage first = build(false, 1);
        now = DAY.plusSeconds(100_000);
        Path killed = Files.createDirectory(root.resolve(".build-bookworm-amd64-generic-1"));
        Path snapshot = Files.createDirectories(root.resolve("snapshots/0123456789abcdef"));
        Path unknown = Files.createDirectories(root.resolve("debian/bookworm/amd64/20200101/generic"));
        ImageBuilder builder = new ImageBuilder(tools, store(), clock(), Map.of());
        List<String> before = everything();

        PlannedBuild same = builder.plan(DebianRelease.BOOKWORM, ImageVariant.GENERIC, false, 1);
        PlannedBuild planned = builder.plan(DebianRelease.BOOKWORM, ImageVariant.GENERIC, true, 1);

        assertThat(same).isEqualTo(new PlannedBuild(first, true, List.of()));
        assertThat(planned.changes().stream().map(PlannedChange::line))
                .containsExactly(
                        "would remove " + killed,
                        "would make " + root.resolve("debian/bookworm/amd64/20261123/generic"),
                        "would replace " + root.resolve("streams/v1/built.json"),
                        "would replace " + root.resolve("streams/v1/index.json"),
                        "would remove bookworm amd64/generic 20261122",
                        "would remove " + unknown,
                        "would remove " + snapshot);
        assertThat(everything()).isEqualTo(before);
        assertThat(tools.builds).hasSize(1);
        InstallImage second = build(true, 1);
        assertThat(second.description()).isEqualTo(planned.image().description());
        assertThat(store().images()).containsExactly(second);
        assertThat(List.of(killed, snapshot, unknown)).noneMatch(Files::exists);
    }

    @Test
    void aPlanOfTheFirstBuildMakesNoDirectory() throws Exception {
        PlannedBuild planned = new ImageBuilder(tools, store(), clock(), Map.of())
                .plan(DebianRelease.BOOKWORM, ImageVariant.GENERIC, false, 1);

        assertThat(planned.changes())
                .hasSize(3)
                .allMatch(change -> change.line().startsWith("would make "));
        assertThat(root).doesNotExist();
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<String> tree = new ArrayList<>();
            for (Path path : all.sorted().toList()) {
                tree.add(path + " " + Files.getLastModifiedTime(path));
            }
            return tree;
        }
    }

    @Test
    void doesNotBuildTheSameTwice() throws Exception {
        InstallImage first = build(false, 1);
        now = DAY.plusSeconds(100_000);

        assertThat(build(false, 1)).isEqualTo(first);
        assertThat(tools.builds).hasSize(1);
    }

    @Test
    void buildsAgainWhenAFileOfTheImageIsDamaged() throws Exception {
        Files.writeString(build(false, 1).kernel(), "something of another length");

        assertThat(store().verify(build(false, 1))).isEmpty();
        assertThat(tools.builds).hasSize(2);
    }

    @Test
    void numbersTheVersionsOfADayAndKeepsTheNewest() throws Exception {
        InstallImage first = build(false, 2);
        InstallImage second = build(true, 2);
        InstallImage third = build(true, 2);

        assertThat(List.of(first.version(), second.version(), third.version()))
                .containsExactly("20261122", "20261122.1", "20261122.2");
        assertThat(store().images()).containsExactly(third, second);
        assertThat(first.kernel().getParent()).doesNotExist();
        assertThat(store().prune(1, release -> true, Duration.ZERO, () -> {}))
                .extracting(PrunedImages::images)
                .isEqualTo(List.of(second));
        assertThat(second.squashfs()).doesNotExist();
        assertThat(store().newest("bookworm", "amd64", ImageVariant.GENERIC)).isEqualTo(third);
    }

    @Test
    void removesSnapshotsOfImagesThatAreGone() throws Exception {
        InstallImage image = build(false, 1);
        ImageDirectory elsewhere = new ImageDirectory(temporary.resolve("cache"));
        for (ImageDirectory place : List.of(new ImageDirectory(root), elsewhere)) {
            Path kept = Files.createDirectories(place.snapshots(image).resolve("bios-1cpu-2048M-tcg-1"));
            Path gone = Files.createDirectories(place.root().resolve("snapshots/0123456789abcdef/bios-1"));
            Files.writeString(gone.resolve("state"), "state");

            if (place.equals(elsewhere)) {
                store().pruneSnapshots(elsewhere);
            } else {
                store().prune(1, release -> true, Duration.ZERO, () -> {});
            }

            assertThat(kept).exists();
            assertThat(gone.getParent()).doesNotExist();
        }
    }

    @Test
    void keepsTheReleasesApart() throws Exception {
        InstallImage bookworm = build(DebianRelease.BOOKWORM, false, 1, BuildListener.NONE);
        InstallImage trixie = build(DebianRelease.TRIXIE, false, 1, BuildListener.NONE);

        assertThat(store().images()).containsExactlyInAnyOrder(bookworm, trixie);
        assertThat(tools.builds.get(1)).contains("deb http://mirror.example.invalid/debian trixie main");
    }

    @Test
    void letsASecondBuilderWaitAndTakeTheFirstOnesImage() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        BuildListener listener = new BuildListener() {
            @Override
            public void step(String name) {
                if (name.startsWith("waiting")) {
                    waiting.countDown();
                }
            }

            @Override
            public void detail(String line) {}
        };
        List<CompletableFuture<InstallImage>> second = new ArrayList<>();
        tools.whileBuilding = () -> {
            second.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return build(DebianRelease.BOOKWORM, true, 1, listener);
                } catch (ImageException failed) {
                    throw new AssertionError(failed);
                }
            }));
            try {
                assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        };

        InstallImage first = build(false, 1);

        assertThat(second.get(0).get(20, TimeUnit.SECONDS)).isEqualTo(first);
        assertThat(tools.builds).hasSize(1);
    }

    @Test
    void quotesTheToolAndLeavesNothingWhenAMirrorIsOutOfReach() throws Exception {
        tools.mmdebstrapStatus = 1;
        tools.log = """
                I: running apt-get update...
                E: Failed to fetch http://mirror.example.invalid/debian  Could not resolve 'mirror.example.invalid'
                """;

        assertThatThrownBy(() -> build(false, 1))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("Could not resolve 'mirror.example.invalid'")
                .hasMessageContaining("apt-get update");
        assertThat(leftOver()).isEmpty();
        assertThat(store().images()).isEmpty();
        assertThatThrownBy(() -> store().newest("bookworm", "amd64", ImageVariant.GENERIC))
                .hasMessageContaining("vmtest images build --release bookworm");
    }

    @Test
    void saysWhatToDoWhenRoomRunsOut() {
        tools.mmdebstrapStatus = 1;
        tools.log = "E: tar: ./usr/lib/x: Cannot write: No space left on device\n";

        assertThatThrownBy(() -> build(false, 1)).hasMessageContaining("make room in IMAGE_DIR and TMPDIR");
    }

    @Test
    void namesThePackagesOfMissingTools() {
        tools.missing = "mmdebstrap";
        assertThatThrownBy(() -> build(false, 1))
                .hasMessageContaining("mmdebstrap is not installed")
                .hasMessageContaining("install the packages mmdebstrap, squashfs-tools and uidmap");
        tools.missing = "mksquashfs";
        assertThatThrownBy(() -> build(false, 1)).hasMessageContaining("mksquashfs is not installed");
    }

    @Test
    void needsRootOrAUserNamespace() throws Exception {
        tools.unshareWorks = false;
        assertThatThrownBy(() -> build(false, 1)).hasMessageContaining("/etc/subuid");

        tools.uid = "0";
        build(false, 1);
        assertThat(tools.builds)
                .singleElement()
                .satisfies(words -> assertThat(words).contains("--mode=root"));
    }

    @Test
    void refusesThePlainVariantOfTrixieBeforeAnyWork() {
        ImageBuilder builder = new ImageBuilder(tools, store(), clock(), Map.of());

        assertThatThrownBy(() -> builder.build(DebianRelease.TRIXIE, ImageVariant.PLAIN, false, 1, BuildListener.NONE))
                .hasMessageContaining("the variant plain cannot be built of trixie")
                .hasMessageContaining("build it of bookworm");
        assertThat(tools.builds).isEmpty();
        assertThat(root).doesNotExist();
    }

    @Test
    void leavesNoPathOfThisHostInTheImagesSources() throws Exception {
        Files.delete(temporary.resolve("host/etc/apt/sources.list"));
        Files.writeString(
                Files.createDirectories(temporary.resolve("host/etc/apt/sources.list.d"))
                        .resolve("debian.sources"),
                """
                Types: deb
                URIs: http://mirror.example.invalid/debian
                Suites: bookworm
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abc
                 -----END PGP PUBLIC KEY BLOCK-----
                """);
        List<String> lists = new ArrayList<>();
        tools.whileBuilding = () -> lists.add(read(uploaded("/etc/apt/sources.list")));

        build(false, 1);

        assertThat(lists)
                .singleElement()
                .asString()
                .matches("deb \\[signed-by=/etc/apt/keyrings/vmtest-[0-9a-f]{8}\\.asc]"
                        + " http://mirror\\.example\\.invalid/debian bookworm main\n");
        String key = lists.get(0).replaceFirst("(?s).*signed-by=([^]]+)].*", "$1");
        assertThat(tools.builds.get(0))
                .anyMatch(word -> word.startsWith("--customize-hook=upload ") && word.endsWith(" " + key));
    }

    /** Return the file of this host that the last build's hooks put at a place of the image. */
    private Path uploaded(String place) {
        return tools.builds.get(tools.builds.size() - 1).stream()
                .filter(word -> word.startsWith("--customize-hook=upload ") && word.endsWith(" " + place))
                .map(word -> Path.of(word.substring(word.indexOf(' ') + 1, word.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void removesWhatAKilledBuildLeft() throws Exception {
        Path abandoned = Files.createDirectories(root.resolve(".build-bookworm-amd64-generic-old/files"));
        Files.writeString(abandoned.resolve("squashfs"), "half");

        build(false, 1);

        assertThat(leftOver()).isEmpty();
    }

    /** The guards of a killed build remove its directories while the next one, which waited, does the same. */
    @Test
    @Timeout(120)
    void goesOnWhileTheGuardsOfAKilledBuildCleanUp() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path abandoned = root.resolve(".build-bookworm-amd64-generic-killed");
            for (int i = 0; i < 500; i++) {
                Files.writeString(
                        Files.createDirectories(abandoned.resolve("vmtest-build/" + i % 20))
                                .resolve("file-" + i),
                        "half");
            }
            Process guard = new ProcessBuilder("rm", "-rf", abandoned.toString()).start();

            assertThat(store().verify(build(true, 1))).isEmpty();

            assertThat(guard.waitFor()).isNotNegative();
            assertThat(leftOver()).isEmpty();
        }
    }

    @Test
    void saysThatAnIndexIsEmptyOrNamesWhatIsNotThere() throws Exception {
        build(false, 1);
        Path products = root.resolve(ImageDirectory.builtProducts());
        Files.writeString(products, "");
        assertThatThrownBy(() -> store().images()).hasMessageContaining(products + " is empty; remove it, then");
        Files.delete(products);
        assertThatThrownBy(() -> store().images())
                .hasMessageContaining("the file " + products + ", which is not there")
                .hasMessageNotContaining("remove it");
    }

    @Test
    void refusesADirectoryThatCannotBeMade() throws Exception {
        Files.writeString(root, "a file");
        assertThatThrownBy(() -> build(false, 1)).hasMessageContaining("set IMAGE_DIR");
    }

    @Test
    void refusesToKeepNothing() {
        assertThatThrownBy(() -> build(false, 0)).hasMessageContaining("IMAGES_TO_KEEP is 0");
    }

    @Test
    void findsAChangedFile() throws Exception {
        InstallImage image = build(false, 1);
        Files.writeString(image.initrd(), "BOOT-INITRD\n");

        assertThat(store().verify(image))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("boot-initrd", "SHA-256"));
        Files.delete(image.initrd());
        assertThatThrownBy(() -> store().newest("bookworm", "amd64", ImageVariant.GENERIC))
                .hasMessageContaining("is missing")
                .hasMessageContaining("--force");
    }

    @Test
    void saysWhichIndexIsBroken() throws Exception {
        build(false, 1);
        Files.writeString(new ImageDirectory(root).index(), "{ half");

        assertThatThrownBy(() -> store().images())
                .hasMessageContaining("index.json cannot be read: it is not JSON at line 1, column ")
                .hasMessageNotContaining("Source");
    }

    @Test
    void ordersVersionsAsDatesAndNumbers() {
        List<String> versions = new ArrayList<>(List.of("20261122.10", "20261122", "20261201", "20261122.9"));
        versions.sort(ImageVersions.ORDER);
        assertThat(versions).containsExactly("20261122", "20261122.9", "20261122.10", "20261201");
    }
}
