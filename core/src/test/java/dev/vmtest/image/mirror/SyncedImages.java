package dev.vmtest.image.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFilter;
import dev.vmtest.image.ImageQuery;
import dev.vmtest.process.FileTree;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Serve a stream with one image, and mirror it into a tree. */
final class SyncedImages implements AutoCloseable {

    static final String BASE = "ubuntu/jammy/amd64/20260101/";
    static final String KERNEL = BASE + "ga-22.04/boot-kernel";

    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    final Path temporary;
    final StreamServer server;
    final ImageDirectory tree;
    private final SupervisedProcesses processes = new SupervisedProcesses();
    /** How long a server was left alone that could not answer; here no time goes by. */
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    final List<String> notes = new CopyOnWriteArrayList<>();

    /** How many bytes of each file were written here. */
    private final Map<String, Long> arrived = new HashMap<>();

    final SyncListener listener = new SyncListener() {
        @Override
        public void note(String text) {
            notes.add(text);
        }

        @Override
        public void began(String path, long bytes, long size) {}

        @Override
        public void progressed(String path, long bytes) {
            synchronized (arrived) {
                arrived.put(path, bytes);
                arrived.notifyAll();
            }
        }

        @Override
        public void ended(String path, String problem) {}
    };

    SyncedImages(Path temporary) throws IOException {
        this.temporary = temporary;
        this.server = new StreamServer(Files.createDirectory(temporary.resolve("server")));
        server.image("jammy", "amd64", "ga-22.04", "20260101");
        this.tree = new ImageDirectory(temporary.resolve("images"));
    }

    @Override
    public void close() {
        server.close();
        processes.close();
    }

    /** Return a sync that has patience with its server. */
    ImageSync sync() {
        return sync(Duration.ofSeconds(60));
    }

    ImageSync sync(Duration patience) {
        return new ImageSync(
                processes,
                tree,
                ProxySelector.of(null),
                Clock.systemUTC(),
                temporary,
                patience,
                new BackOff(NOW, pauses::add));
    }

    SyncRequest request(int keep, String... releases) {
        return request(server.url(), keep, releases);
    }

    SyncRequest request(URI source, int keep, String... releases) {
        return new SyncRequest(
                new SyncRequest.Stream(source, server.keyring()),
                new SyncRequest.Selection(List.of(releases), List.of("amd64"), List.of()),
                keep,
                3,
                false,
                false,
                Duration.ofSeconds(-1));
    }

    /** Wait until so much of a file was written: a connection that is broken before loses what it had brought. */
    void awaitArrival(String path, long bytes) throws IOException {
        try {
            synchronized (arrived) {
                while (arrived.getOrDefault(path, 0L) < bytes) {
                    arrived.wait();
                }
            }
        } catch (InterruptedException ended) {
            throw new InterruptedIOException("nobody waits for this answer any more");
        }
    }

    /** Publish what the server has, and mirror it. */
    SyncResult mirror(int keep, String... releases) throws IOException, ImageException {
        server.publish();
        SyncResult result = sync().sync(request(keep, releases), listener);
        assertThat(partials()).as("what is left of downloads").isEmpty();
        return result;
    }

    /** Return what a query of the tree prints. */
    List<String> lines(String... filters) throws ImageException {
        return ImageQuery.lines(
                new ImageQuery(Stream.of(filters).map(ImageFilter::parse).toList(), 100).find(tree));
    }

    /** Return what is left of downloads. */
    List<String> partials() throws IOException {
        return Files.exists(tree.partialDownloads())
                ? FileTree.children(tree.partialDownloads()).stream()
                        .map(file -> file.getFileName().toString())
                        .toList()
                : List.of();
    }

    /** Return the files of the tree that belong to images. */
    List<String> images() throws IOException {
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

    /** Sync in another thread, where nothing is to fail. */
    SyncResult quietly(SyncRequest request) {
        try {
            return sync().sync(request, listener);
        } catch (ImageException failed) {
            throw new AssertionError(failed);
        }
    }
}
