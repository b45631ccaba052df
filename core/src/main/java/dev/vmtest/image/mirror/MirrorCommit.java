package dev.vmtest.image.mirror;

import dev.vmtest.files.NewFile;
import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageTreeLock;
import dev.vmtest.image.Products;
import dev.vmtest.image.StreamItem;
import dev.vmtest.process.LockFile;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Take what was fetched into the tree while nobody uses it. */
final class MirrorCommit {

    private final ImageDirectory directory;
    private final Products products;
    private final MirrorReferences references;
    private final MirrorPlan plan;
    private final InstantSource clock;
    private final SyncListener listener;

    MirrorCommit(ImageDirectory directory, MirrorPlan plan, InstantSource clock, SyncListener listener) {
        this.directory = directory;
        this.products = new Products(directory);
        this.references = new MirrorReferences(directory);
        this.plan = plan;
        this.clock = clock;
        this.listener = listener;
    }

    /** Return the files that nothing refers to after the plan. */
    Set<String> unreferenced() throws ImageException {
        Set<String> files = references.files(listener);
        files.addAll(MirrorReferences.of(products.readMirrored(damage -> {}).values())
                .keySet());
        files.removeAll(MirrorReferences.of(plan.result().values()).keySet());
        for (Path built : products.builtFiles()) {
            files.remove(directory.root().relativize(built).toString());
        }
        return files;
    }

    /** Say whether anything changes: if not, nobody needs to wait. */
    boolean isNeeded(List<StreamItem> missing) throws ImageException {
        Map<String, ObjectNode> before = products.readMirrored(damage -> {});
        Map<String, ObjectNode> after = plan.result();
        boolean same = after.entrySet().stream()
                .allMatch(entry -> entry.getValue()
                        .path("products")
                        .equals(before.getOrDefault(entry.getKey(), entry.getValue())
                                .path("products")));
        boolean hasNew = !before.keySet().containsAll(after.keySet());
        boolean isWhole = missing.isEmpty() || plan.versions().isEmpty();
        return hasNew || !same || !isWhole || !unreferenced().isEmpty();
    }

    /**
     * Take it in.
     *
     * @param originals the stream's signed documents, by path
     * @return the files that were removed
     */
    @SuppressWarnings("try") // the locks are held, not used
    List<String> run(SyncRequest request, Map<String, byte[]> originals) throws ImageException {
        Runnable waiting = () -> listener.note("waiting for the runs that use the images of " + directory.root());
        try (ImageTreeLock alone = ImageTreeLock.exclusive(directory, request.lockTimeout(), waiting);
                LockFile.Held tree = LockFile.of(directory.treeLock()).exclusive(() -> {})) {
            Map<String, ObjectNode> trees = plan.result();
            Map<String, Set<String>> now = MirrorReferences.of(trees.values());
            Set<String> unreferenced = unreferenced();
            Map<String, Set<String>> meanwhile = new TreeMap<>(now);
            unreferenced.forEach(path -> meanwhile.put(path, new TreeSet<>()));
            // Before any file moves: what a kill leaves is then known to the next sync.
            references.write(meanwhile);
            moveFiles();
            for (Map.Entry<String, ObjectNode> one : trees.entrySet()) {
                products.writeMirrored(one.getKey(), one.getValue(), clock.instant());
            }
            writeOriginals(originals);
            List<String> removed = references.remove(unreferenced);
            references.write(now);
            return removed;
        } catch (IOException failed) {
            throw new ImageException(
                    "what was fetched cannot be taken into " + directory.root() + ": " + PlainTrouble.of(failed),
                    "make room and check permissions, then sync again: nothing is fetched twice",
                    failed);
        }
    }

    private void moveFiles() throws ImageException, IOException {
        Map<String, Path> first = new LinkedHashMap<>();
        for (Candidate version : plan.versions()) {
            for (StreamItem item : version.items()) {
                Path place = directory.itemPlace(item.path());
                Path partial = directory.partial(item);
                Path twin = first.get(item.fileKey());
                if (Files.exists(partial)) {
                    Files.createDirectories(place.getParent());
                    Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    first.put(item.fileKey(), place);
                } else if (twin != null && !twin.equals(place)) {
                    Files.createDirectories(place.getParent());
                    Files.deleteIfExists(place);
                    if (!linked(twin, place)) {
                        first.put(item.fileKey(), place);
                    }
                }
            }
        }
    }

    /** Give a file another name, or copy it where it has as many as its file system allows, or can have only one. */
    private static boolean linked(Path file, Path place) throws IOException {
        try {
            Files.createLink(place, file);
            return true;
        } catch (FileSystemException | UnsupportedOperationException refused) {
            Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING);
            return false;
        }
    }

    private void writeOriginals(Map<String, byte[]> originals) throws IOException {
        for (Map.Entry<String, byte[]> original : originals.entrySet()) {
            Optional<String> place = ImageDirectory.signedOriginal(original.getKey());
            if (place.isPresent()) {
                Path file = directory.root().resolve(place.get());
                Files.createDirectories(file.getParent());
                NewFile.write(file, original.getValue(), NewFile.Readers.BY_UMASK);
            }
        }
    }
}
