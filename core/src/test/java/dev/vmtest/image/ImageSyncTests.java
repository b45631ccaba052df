package dev.vmtest.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors a stream that these tests serve and sign, well and with each fault that a server can have. */
@Timeout(120)
class ImageSyncTests {

    private static final String BASE = "ubuntu/jammy/amd64/20260101/";
    private static final String KERNEL = BASE + "ga-22.04/boot-kernel";

    @TempDir
    private Path temporary;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final SyncListener listener = new SyncListener() {
        @Override
        public void note(String text) {
            notes.add(text);
        }

        @Override
        public void began(String path, long bytes, long size) {}

        @Override
        public void progressed(String path, long bytes) {}

        @Override
        public void ended(String path, String problem) {}
    };

    private StreamServer server;
    private ImageDirectory tree;

    @BeforeEach
    void serve() throws IOException {
        server = new StreamServer(Files.createDirectory(temporary.resolve("server")));
        server.image("jammy", "amd64", "ga-22.04", "20260101");
        tree = new ImageDirectory(temporary.resolve("images"));
    }

    @AfterEach
    void stop() {
        server.close();
        processes.close();
    }

    private ImageSync sync() {
        return sync(Duration.ofSeconds(60));
    }

    private ImageSync sync(Duration patience) {
        return new ImageSync(processes, tree, ProxySelector.of(null), Clock.systemUTC(), temporary, patience);
    }

    private SyncRequest request(int keep, String... releases) {
        return request(server.url(), keep, releases);
    }

    private SyncRequest request(URI source, int keep, String... releases) {
        return new SyncRequest(
                source,
                server.keyring(),
                List.of(releases),
                List.of("amd64"),
                List.of(),
                keep,
                3,
                false,
                false,
                Duration.ofSeconds(-1));
    }

    private SyncResult mirror(int keep, String... releases) throws IOException, ImageException {
        server.publish();
        SyncResult result = sync().sync(request(keep, releases), listener);
        assertThat(partials()).as("what is left of downloads").isEmpty();
        return result;
    }

    private List<String> lines(String... filters) throws ImageException {
        return ImageQuery.lines(
                new ImageQuery(Stream.of(filters).map(ImageFilter::parse).toList(), 100).find(tree));
    }

    private List<String> partials() throws IOException {
        return Files.exists(tree.partialDownloads())
                ? Trees.children(tree.partialDownloads()).stream()
                        .map(file -> file.getFileName().toString())
                        .toList()
                : List.of();
    }

    private List<String> images() throws IOException {
        Path root = tree.root().resolve("ubuntu");
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> tree.root().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void mirrorsVerifiesAndDescribes() throws Exception {
        SyncResult result = mirror(1, "jammy");
        assertThat(result.problems()).isEmpty();
        assertThat(result.images()).containsExactly("jammy amd64/ga-22.04 20260101");
        assertThat(result.bytes()).isEqualTo(300_000);
        assertThat(images()).containsExactly(BASE + "ga-22.04/boot-initrd", KERNEL, BASE + "squashfs");
        assertThat(lines())
                .containsExactly(
                        "jammy   amd64/ga-22.04/generic 20260101   boot-initrd",
                        "jammy   amd64/ga-22.04/generic 20260101   boot-kernel",
                        "jammy   amd64/ga-22.04/generic 20260101   squashfs");
        assertThat(tree.root().resolve("streams/v1/vmtest.json")).exists();
        assertThat(tree.root().resolve(StreamServer.PRODUCTS)).hasBinaryContent(server.file(StreamServer.PRODUCTS));
        InstallImage image = new ImageStore(tree, Clock.systemUTC()).images().get(0);
        assertThat(new ImageStore(tree, Clock.systemUTC()).verify(image)).isEmpty();
        int before = server.requests.size();
        assertThat(mirror(1, "jammy").fetched()).isEmpty();
        assertThat(server.requests).hasSize(before + 2);
    }

    @Test
    void keepsTheNewestVersionsAndSharedFiles() throws Exception {
        server.image("jammy", "amd64", "hwe-22.04", "20260101");
        mirror(1);
        server.image("jammy", "amd64", "ga-22.04", "20260102");
        SyncResult result = mirror(1);
        // The root file system of the old version belongs to the other kernel's product too.
        assertThat(result.removed()).containsExactly(BASE + "ga-22.04/boot-initrd", KERNEL);
        assertThat(images()).contains(BASE + "squashfs");
        server.image("jammy", "amd64", "hwe-22.04", "20260103");
        assertThat(mirror(2).removed()).isEmpty();
        assertThat(lines("item_name=squashfs"))
                .containsExactly(
                        "jammy   amd64/ga-22.04/generic 20260101   squashfs",
                        "jammy   amd64/ga-22.04/generic 20260102   squashfs",
                        "jammy   amd64/hwe-22.04/generic 20260101   squashfs",
                        "jammy   amd64/hwe-22.04/generic 20260103   squashfs");
        mirror(1);
        assertThat(images()).noneMatch(file -> file.startsWith(BASE));
        assertThat(tree.root().resolve("ubuntu/jammy/amd64/20260101")).doesNotExist();
    }

    @Test
    void leavesOtherReleasesAndBuiltImagesAlone() throws Exception {
        server.image("focal", "amd64", "ga-20.04", "20260101").image("jammy", "arm64", "ga-22.04", "20260101");
        mirror(1, "focal");
        mirror(1, "jammy");
        assertThat(lines("item_name=squashfs")).hasSize(2).noneMatch(line -> line.contains("arm64"));
        server.withdraw("jammy", "ga-22.04", "20260101");
        server.image("jammy", "amd64", "ga-22.04", "20251231");
        assertThat(mirror(1, "jammy").removed()).isNotEmpty();
        assertThat(lines("item_name=squashfs")).hasSize(2).anyMatch(line -> line.contains("20251231"));
        SyncRequest clean = new SyncRequest(
                server.url(),
                server.keyring(),
                List.of("jammy"),
                List.of("amd64"),
                List.of(),
                1,
                1,
                false,
                true,
                Duration.ZERO);
        sync().sync(clean, listener);
        assertThat(images()).noneMatch(file -> file.contains("focal"));
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        server.publish();
        SyncRequest wanted = request(1, "jammy");
        SyncRequest dry = new SyncRequest(
                wanted.source(),
                wanted.keyring(),
                wanted.releases(),
                wanted.arches(),
                List.of(),
                1,
                1,
                true,
                false,
                Duration.ZERO);
        assertThat(sync().sync(dry, listener).fetched()).contains(KERNEL).hasSize(3);
        assertThat(tree.root()).doesNotExist();
        mirror(1, "jammy");
        server.image("jammy", "amd64", "ga-22.04", "20260105").publish();
        SyncResult result = sync().sync(dry, listener);
        assertThat(result.fetched()).hasSize(3);
        assertThat(result.removed()).contains(KERNEL).hasSize(3);
        assertThat(images()).hasSize(3).contains(KERNEL);
    }

    @Test
    void goesOnWhereADownloadWasCut() throws Exception {
        server.faults.put(
                KERNEL,
                (exchange, file) -> exchange.getRequestHeaders().containsKey("Range")
                        ? false
                        : StreamServer.cut(exchange, file, 40_000));
        assertThat(mirror(1, "jammy").problems()).isEmpty();
        assertThat(server.requests).contains(KERNEL + " bytes=40000-");
        assertThat(tree.root().resolve(KERNEL)).hasBinaryContent(server.file(KERNEL));
    }

    @Test
    void goesOnWhereAnEarlierSyncWasCut() throws Exception {
        server.publish();
        server.faults.put(
                KERNEL, (exchange, file) -> server.requests.size() > 100 ? false : server.hang(exchange, file, 40_000));
        SyncResult first = sync(Duration.ofSeconds(3)).sync(request(1, "jammy"), listener);
        assertThat(first.problems()).hasSize(1).first().asString().contains(KERNEL, "40000 of 100000", "hangs");
        assertThat(partials()).hasSize(3);
        assertThat(images()).isEmpty();
        assertThat(lines()).isEmpty();
        server.faults.clear();
        server.requests.clear();
        assertThat(mirror(1, "jammy").problems()).isEmpty();
        assertThat(server.requests).contains(KERNEL + " bytes=40000-").noneMatch(one -> one.contains("squashfs"));
        assertThat(tree.root().resolve(KERNEL)).hasBinaryContent(server.file(KERNEL));
    }

    @Test
    void throwsAWrongBeginningAway() throws Exception {
        server.publish();
        byte[] kernel = server.file(KERNEL);
        Files.createDirectories(tree.partialDownloads());
        Files.write(tree.partialDownloads().resolve(Sha256.of(kernel) + "-" + kernel.length), new byte[5000]);
        assertThat(mirror(1, "jammy").problems()).isEmpty();
        assertThat(tree.root().resolve(KERNEL)).hasBinaryContent(kernel);
        assertThat(notes).anyMatch(note -> note.contains("fetched again"));
    }

    @Test
    void refusesWhatIsNotSignedWell() throws Exception {
        server.publish();
        byte[] good = server.file(StreamServer.PRODUCTS);
        Map<String, byte[]> documents = new TreeMap<>();
        documents.put(
                "altered",
                new String(good, StandardCharsets.UTF_8)
                        .replace("ga-22.04", "ga-22.05")
                        .getBytes(StandardCharsets.UTF_8));
        documents.put("not signed", server.file("streams/v1/x.json"));
        documents.put("empty", new byte[0]);
        documents.put("garbage", StreamServer.content("garbage", 10_000));
        documents.forEach((name, document) -> {
            server.files.put(StreamServer.PRODUCTS, document);
            assertThatThrownBy(() -> sync().sync(request(1, "jammy"), listener))
                    .as(name)
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining(StreamServer.CONTENT_ID.replace(":", "%3A") + ".sjson has no good signature")
                    .hasMessageContaining("home.gpg");
        });
        server.files.put(StreamServer.PRODUCTS, good);
        Path stranger = server.makeKey("stranger");
        SyncRequest wanted = request(1, "jammy");
        assertThatThrownBy(() -> sync().sync(
                                new SyncRequest(
                                        wanted.source(),
                                        stranger,
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        1,
                                        1,
                                        false,
                                        false,
                                        Duration.ZERO),
                                listener))
                .hasMessageContaining("no good signature of a key in " + stranger);
        assertThat(images()).isEmpty();
        assertThat(mirror(1, "jammy").problems()).isEmpty();
    }

    @Test
    void takesOnlyWhatIsSigned() throws Exception {
        server.publish();
        byte[] signed = server.file(StreamServer.PRODUCTS);
        String before = "{\"format\": \"products:1.0\", \"content_id\": \"evil\"}\n";
        server.files.put(
                StreamServer.PRODUCTS,
                (before + new String(signed, StandardCharsets.UTF_8) + before).getBytes(StandardCharsets.UTF_8));
        sync().sync(request(1, "jammy"), listener);
        assertThat(lines("content_id=evil")).isEmpty();
        assertThat(lines()).hasSize(3);
    }

    @Test
    void namesAKeyringThatIsMissing() {
        Path missing = temporary.resolve("missing.gpg");
        assertThatThrownBy(() -> sync().sync(
                                new SyncRequest(
                                        server.url(),
                                        missing,
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        1,
                                        1,
                                        false,
                                        false,
                                        Duration.ZERO),
                                listener))
                .hasMessageContaining("the keyring " + missing)
                .hasMessageContaining("IMAGE_SRC_KEYRING");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void warnsOfAStreamThatIsNotSigned() throws Exception {
        server.publish();
        URI plain = server.url().resolve("/streams/v1/index.json");
        assertThat(sync().sync(request(plain, 1, "jammy"), listener).problems()).isEmpty();
        assertThat(notes).anyMatch(note -> note.contains("not signed"));
        assertThat(lines()).hasSize(3);
    }

    @Test
    void namesEachFileThatIsNotWhatTheStreamSays() throws Exception {
        server.image("focal", "amd64", "ga-20.04", "20260101");
        server.image("noble", "amd64", "ga-24.04", "20260101");
        server.image("bionic", "amd64", "ga-18.04", "20260101");
        server.image("xenial", "amd64", "ga-16.04", "20260101");
        server.publish();
        String noble = "ubuntu/noble/amd64/20260101/squashfs";
        String bionic = "ubuntu/bionic/amd64/20260101/squashfs";
        String xenial = "ubuntu/xenial/amd64/20260101/squashfs";
        server.files.put(KERNEL, StreamServer.content("garbage", 100_000));
        server.files.put(noble, StreamServer.content(noble, 90_000));
        server.files.remove(bionic);
        server.faults.put(xenial, (exchange, file) -> {
            exchange.sendResponseHeaders(200, 0); // chunked: no size
            exchange.getResponseBody().write(StreamServer.content(xenial, 200_000));
            return true;
        });
        SyncResult result = sync().sync(request(1), listener);
        assertThat(result.problems())
                .hasSize(4)
                .anyMatch(one -> one.contains(KERNEL) && one.contains("does not have the sha256"))
                .anyMatch(one -> one.contains(noble + " has 90000 bytes, but the products file says 100000"))
                .anyMatch(one -> one.contains(bionic + " answers with HTTP status 404"))
                .anyMatch(one -> one.contains(xenial + " sends more than the 100000 bytes"));
        assertThat(result.images()).containsExactly("focal amd64/ga-20.04 20260101");
        assertThat(lines()).hasSize(3).allMatch(line -> line.startsWith("focal"));
    }

    @Test
    void anOldVersionStaysWhereTheNewOneCannotBeHad() throws Exception {
        mirror(1, "jammy");
        server.image("jammy", "amd64", "ga-22.04", "20260102").publish();
        server.files.remove("ubuntu/jammy/amd64/20260102/squashfs");
        SyncResult result = sync().sync(request(1, "jammy"), listener);
        assertThat(result.problems()).hasSize(1);
        assertThat(images()).hasSize(3).contains(KERNEL);
        assertThat(lines()).hasSize(3).allMatch(line -> line.contains("20260101"));
    }

    @Test
    void refusesPathsThatLeaveTheTree() throws Exception {
        server.image("focal", "amd64", "ga-20.04", "20260101");
        List<String> paths = List.of(
                "../evil",
                "/etc/evil",
                "ubuntu/../../evil",
                "streams/v1/built.json",
                ".locks/evil",
                "a//b",
                "a\nb",
                "");
        for (String path : paths) {
            Map<String, Object> item = server.item("jammy", "ga-22.04", "20260101", "boot-kernel");
            item.put("path", path);
            server.publish();
            SyncResult result = sync().sync(request(1), listener);
            assertThat(result.problems()).as(path).hasSize(1).first().asString().contains("boot-kernel of jammy");
            assertThat(result.images()).as(path).containsExactly("focal amd64/ga-20.04 20260101");
        }
        assertThat(temporary.resolve("evil")).doesNotExist();
    }

    @Test
    void refusesItemsWithoutSizeOrHash() throws Exception {
        server.image("focal", "amd64", "ga-20.04", "20260101");
        Map<String, Object> item = server.item("jammy", "ga-22.04", "20260101", "boot-kernel");
        Map<String, Object> good = new HashMap<>(item);
        item.remove("size");
        server.publish();
        assertThat(sync().sync(request(1), listener).problems())
                .first()
                .asString()
                .contains("has no size");
        item.putAll(good);
        item.put("sha256", "0".repeat(63));
        server.publish();
        assertThat(sync().sync(request(1), listener).problems())
                .first()
                .asString()
                .contains("has no sha256");
        item.putAll(good);
        item.put("size", 1L << 60);
        server.publish();
        assertThatThrownBy(() -> sync().sync(request(1), listener)).hasMessageContaining("MB free, the sync needs");
        assertThat(lines()).hasSize(3).allMatch(line -> line.startsWith("focal"));
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        server.publish();
        byte[] kernel = server.file(KERNEL);
        Files.createDirectories(tree.partialDownloads());
        Path partial = tree.partialDownloads().resolve(Sha256.of(kernel) + "-" + kernel.length);
        Files.createSymbolicLink(partial, Path.of("/dev/full"));
        SyncResult result = sync().sync(request(1, "jammy"), listener);
        assertThat(result.problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("cannot be written", "No space left", "make room");
        assertThat(lines()).isEmpty();
        Files.delete(partial);
        assertThat(mirror(1, "jammy").problems()).isEmpty();
        assertThat(lines()).hasSize(3);
    }

    @Test
    void givesUpOnAServerThatHangs() throws Exception {
        server.publish();
        for (String path : List.of(StreamServer.INDEX, StreamServer.PRODUCTS)) {
            server.faults.clear();
            server.faults.put(path, (exchange, file) -> server.hang(exchange, file, 10));
            assertThatThrownBy(() -> sync(Duration.ofSeconds(1)).sync(request(1, "jammy"), listener))
                    .hasMessageContaining(".sjson cannot be fetched")
                    .hasMessageContaining("hangs");
        }
    }

    @Test
    void followsARedirectButNotForEver() throws Exception {
        server.files.put("moved", StreamServer.content(KERNEL, 100_000));
        server.faults.put(KERNEL, (exchange, file) -> {
            exchange.getResponseHeaders().set("Location", "/moved");
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
        assertThat(mirror(1, "jammy").problems()).isEmpty();
        server.faults.put(StreamServer.INDEX, (exchange, file) -> {
            exchange.getResponseHeaders().set("Location", "/" + StreamServer.INDEX);
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
        assertThatThrownBy(() -> sync().sync(request(1, "jammy"), listener))
                .hasMessageContaining("redirects too often");
        assertThat(lines()).hasSize(3);
    }

    @Test
    void namesAServerThatIsNotThere() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:1/streams/v1/index.sjson");
        assertThatThrownBy(() -> sync().sync(request(nobody, 1), listener))
                .hasMessageContaining(nobody + " cannot be fetched")
                .hasMessageContaining("IMAGE_SRC_URL");
    }

    @Test
    void saysWhatTheStreamHasInstead() throws Exception {
        server.publish();
        assertThatThrownBy(() -> sync().sync(request(1, "zebra"), listener))
                .hasMessageContaining("zebra for amd64")
                .hasMessageContaining("it has: jammy amd64");
    }

    @Test
    void mendsDamagedRecords() throws Exception {
        mirror(1, "jammy");
        for (String file : List.of("streams/v1/vmtest.json", ".vmtest-data/references.json")) {
            Files.writeString(tree.root().resolve(file), "{ no");
            notes.clear();
            assertThat(mirror(1, "jammy").fetched()).as(file).isEmpty();
            assertThat(notes).as(file).anyMatch(note -> note.contains(file));
            assertThat(lines()).hasSize(3);
        }
        Files.writeString(tree.root().resolve(KERNEL), "short");
        assertThat(mirror(1, "jammy").fetched()).containsExactly(KERNEL);
    }

    @Test
    void mirrorsADirectory() throws Exception {
        server.publish();
        Path stream = temporary.resolve("stream");
        for (Map.Entry<String, byte[]> file : server.files.entrySet()) {
            Files.createDirectories(stream.resolve(file.getKey()).getParent());
            Files.write(stream.resolve(file.getKey()), file.getValue());
        }
        SyncResult result = sync().sync(request(stream.toUri(), 1, "jammy"), listener);
        assertThat(result.problems()).isEmpty();
        assertThat(images()).hasSize(3);
    }

    @Test
    void twoSyncsTakeTurns() throws Exception {
        server.publish();
        CountDownLatch reached = new CountDownLatch(1);
        server.faults.put(KERNEL, (exchange, file) -> {
            reached.countDown();
            try {
                server.released.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        CompletableFuture<SyncResult> first = CompletableFuture.supplyAsync(() -> quietly(request(1, "jammy")));
        assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
        SyncRequest wanted = request(1, "jammy");
        SyncRequest impatient = new SyncRequest(
                wanted.source(), wanted.keyring(), List.of(), List.of(), List.of(), 1, 1, false, false, Duration.ZERO);
        assertThatThrownBy(() -> sync().sync(impatient, listener))
                .hasMessageContaining("another sync")
                .hasMessageContaining("CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT");
        CompletableFuture<SyncResult> second = CompletableFuture.supplyAsync(() -> quietly(request(1, "jammy")));
        server.released.countDown();
        assertThat(first.get(60, TimeUnit.SECONDS).fetched()).hasSize(3);
        assertThat(second.get(60, TimeUnit.SECONDS).problems()).isEmpty();
        assertThat(server.requests.stream().filter(KERNEL::equals)).hasSize(1);
    }

    private SyncResult quietly(SyncRequest request) {
        try {
            return sync().sync(request, listener);
        } catch (ImageException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void aRunNeverSeesAHalfSyncedTree() throws Exception {
        mirror(1, "jammy");
        server.image("jammy", "amd64", "ga-22.04", "20260102").publish();
        CompletableFuture<SyncResult> waiting;
        try (ImageTreeLock run = ImageTreeLock.shared(tree, Duration.ZERO, () -> {})) {
            SyncRequest wanted = request(1, "jammy");
            SyncRequest impatient = new SyncRequest(
                    wanted.source(),
                    wanted.keyring(),
                    List.of("jammy"),
                    List.of(),
                    List.of(),
                    1,
                    1,
                    false,
                    false,
                    Duration.ofMillis(100));
            assertThatThrownBy(() -> sync().sync(impatient, listener)).hasMessageContaining("in use by a run");
            assertThat(images()).hasSize(3).contains(KERNEL);
            waiting = CompletableFuture.supplyAsync(() -> quietly(wanted));
            assertThat(images()).hasSize(3).contains(KERNEL);
            assertThat(run).isNotNull();
        }
        assertThat(waiting.get(60, TimeUnit.SECONDS).removed()).contains(KERNEL);
        assertThat(lines()).hasSize(3).allMatch(line -> line.contains("20260102"));
    }
}
