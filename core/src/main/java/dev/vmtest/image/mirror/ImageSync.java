package dev.vmtest.image.mirror;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageStore;
import dev.vmtest.image.Products;
import dev.vmtest.image.ScratchSpace;
import dev.vmtest.image.StreamItem;
import dev.vmtest.process.FileTree;
import dev.vmtest.process.LockFile;
import dev.vmtest.process.Processes;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Mirror images of a simplestreams server into IMAGE_DIR.
 *
 * <pre>{@code
 * ImageSync sync = new ImageSync(processes, directory, ProxySelector.getDefault(), clock, temporaryDirectory);
 * SyncResult result = sync.sync(request, listener);
 * }</pre>
 *
 * <p>Files are fetched beside the tree and taken into it at the end, all at once for everybody who holds the tree's
 * lock. A sync that fails or is killed leaves the tree as it was; the next one goes on with what was fetched.
 */
public final class ImageSync {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Processes processes;
    private final ImageDirectory directory;
    private final ProxySelector proxies;
    private final InstantSource clock;
    private final Path temporaryDirectory;
    private final Duration patience;
    private final BackOff backOff;
    private final Products products;

    /**
     * Make a mirror.
     *
     * @param proxies which proxy a server is reached by
     * @param temporaryDirectory where signatures are verified
     */
    public ImageSync(
            Processes processes,
            ImageDirectory directory,
            ProxySelector proxies,
            InstantSource clock,
            Path temporaryDirectory) {
        this(processes, directory, proxies, clock, temporaryDirectory, PATIENCE, BackOff.of(clock));
    }

    /** Make a mirror that gives up sooner or later on a server that hangs, and leaves a busy one alone for other times. */
    ImageSync(
            Processes processes,
            ImageDirectory directory,
            ProxySelector proxies,
            InstantSource clock,
            Path temporaryDirectory,
            Duration patience,
            BackOff backOff) {
        this.processes = processes;
        this.directory = directory;
        this.proxies = proxies;
        this.clock = clock;
        this.temporaryDirectory = temporaryDirectory;
        this.patience = patience;
        this.backOff = backOff;
        this.products = new Products(directory);
    }

    /**
     * Mirror what is asked for. If some versions of it cannot be had, take in the others and say so in the result.
     *
     * @throws ImageException if the stream cannot be read or trusted, if the host is to blame, or if others hold the tree
     *     for too long; the tree is as it was then
     */
    @SuppressWarnings("try") // the lock is held, not used
    public SyncResult sync(SyncRequest request, SyncListener listener) throws ImageException {
        ImageStore.requireKeep(request.keep());
        ClearSigned signatures = new ClearSigned(processes, request.stream().keyring(), temporaryDirectory);
        if (request.isSigned()) {
            signatures.requireKeyring();
        } else {
            listener.note("the stream is not signed, as its name does not end in .sjson: whoever can change it on its"
                    + " way decides what the tests run");
        }
        if (request.dryRun()) {
            return mirror(request, signatures, listener);
        }
        try (LockFile.Held alone = lock(request, listener)) {
            return mirror(request, signatures, listener);
        } catch (IOException failed) {
            throw new ImageException(
                    "the images of " + directory.root() + " cannot be changed: " + PlainTrouble.of(failed),
                    "set IMAGE_DIR to a directory that you can write to",
                    failed);
        }
    }

    private LockFile.Held lock(SyncRequest request, SyncListener listener) throws IOException, ImageException {
        Optional<LockFile.Held> lock = LockFile.of(directory.syncLock())
                .exclusive(
                        request.lockTimeout(), () -> listener.note("waiting for another sync of " + directory.root()));
        return lock.orElseThrow(() -> new ImageException(
                "another sync of " + directory.root() + " is under way, for longer than "
                        + request.lockTimeout().toSeconds() + " s",
                "try again, or set CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT to more seconds or to -1"));
    }

    private SyncResult mirror(SyncRequest request, ClearSigned signatures, SyncListener listener)
            throws ImageException {
        StreamSource source = source(request.base(), listener);
        try (StallWatch stalls = new StallWatch(patience)) {
            StreamReader reader = new StreamReader(source, signatures, request.isSigned(), stalls);
            reader.read(request.initialPath());
            MirrorPlan plan = MirrorPlan.of(
                    directory,
                    request,
                    reader.products(),
                    products.readMirrored(listener::note),
                    products.builtFiles());
            for (String contentId : plan.contentIds()) {
                // Before anything is fetched.
                var unused = products.mirroredPlace(contentId);
            }
            plan.orphans()
                    .forEach(orphan -> listener.note(orphan + " is not in the stream any more; what is here stays"));
            List<StreamItem> missing = plan.missing();
            MirrorCommit commit = new MirrorCommit(directory, plan, clock, listener);
            if (request.dryRun()) {
                return result(plan, missing, commit.unreferenced(), plan.problems());
            }
            List<String> problems = new ArrayList<>(plan.problems());
            Map<StreamItem, String> failed = fetch(request, source, stalls, missing, listener);
            problems.addAll(new LinkedHashSet<>(failed.values()));
            plan.withdraw(failed.keySet());
            List<String> removed = commit.isNeeded(missing) ? commit.run(request, reader.originals()) : List.of();
            List<StreamItem> fetched =
                    missing.stream().filter(item -> !failed.containsKey(item)).toList();
            if (problems.isEmpty()) {
                forgetPartialDownloads();
            }
            return result(plan, fetched, removed, problems);
        }
    }

    private StreamSource source(URI base, SyncListener listener) throws ImageException {
        if ("file".equals(base.getScheme())) {
            return new FileStreamSource(Path.of(base));
        }
        if (base.getHost() == null) {
            throw new ImageException("the URL " + base + " of the stream names no server", "set IMAGE_SRC_URL");
        }
        return new HttpStreamSource(base, proxies, patience, backOff, listener::note);
    }

    private Map<StreamItem, String> fetch(
            SyncRequest request,
            StreamSource source,
            StallWatch stalls,
            List<StreamItem> missing,
            SyncListener listener)
            throws ImageException {
        requireSpace(missing);
        Map<StreamItem, String> failed = new ConcurrentHashMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(request.jobs(), task -> {
            Thread thread = new Thread(task, "download");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (StreamItem item : missing) {
                Download download = new Download(source, stalls, listener, item, directory.partial(item));
                pool.execute(() -> fetch(download, item, listener).ifPresent(problem -> failed.put(item, problem)));
            }
            pool.shutdown();
            while (!pool.awaitTermination(1, TimeUnit.DAYS)) {
                listener.note("still fetching after another day");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ImageException("the sync was interrupted", "sync again: it goes on from there", interrupted);
        } finally {
            pool.shutdownNow();
        }
        return failed;
    }

    private static Optional<String> fetch(Download download, StreamItem item, SyncListener listener) {
        try {
            download.run();
            listener.ended(item.path(), "");
            return Optional.empty();
        } catch (ImageException | RuntimeException failed) {
            String problem = String.valueOf(failed.getMessage());
            listener.ended(item.path(), problem);
            return Optional.of(problem);
        }
    }

    private void requireSpace(List<StreamItem> missing) throws ImageException {
        try {
            Files.createDirectories(directory.partialDownloads());
            long needed = 0;
            for (StreamItem item : missing) {
                Path partial = directory.partial(item);
                long there = Files.exists(partial) ? Files.size(partial) : 0;
                // A stream may claim any size.
                needed = Math.min(Long.MAX_VALUE / 2, needed) + Math.min(Long.MAX_VALUE / 2, item.size() - there);
            }
            ScratchSpace.requireFree(directory.root(), needed, "the sync");
        } catch (IOException refused) {
            throw new ImageException(
                    "the image directory " + directory.root() + " cannot be written: " + PlainTrouble.of(refused),
                    "set IMAGE_DIR to a directory that you can write to",
                    refused);
        }
    }

    private void forgetPartialDownloads() throws ImageException {
        try {
            FileTree.delete(directory.partialDownloads());
        } catch (IOException refused) {
            throw new ImageException(
                    "the downloads in " + directory.partialDownloads() + " cannot be removed: "
                            + PlainTrouble.of(refused, directory.partialDownloads()),
                    "check their permissions; what was asked for is there",
                    refused);
        }
    }

    private static SyncResult result(
            MirrorPlan plan, List<StreamItem> fetched, Collection<String> removed, List<String> problems) {
        List<String> images = plan.versions().stream()
                .map(version -> version.items().get(0).image())
                .distinct()
                .toList();
        return new SyncResult(
                images,
                fetched.stream().map(StreamItem::path).toList(),
                fetched.stream().mapToLong(StreamItem::size).sum(),
                List.copyOf(removed),
                problems);
    }
}
