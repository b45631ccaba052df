package dev.vmtest.image.mirror;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.MirrorPath;
import dev.vmtest.image.Products;
import dev.vmtest.image.StreamItem;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Count, for each file that was mirrored, what refers to it. A file without a reference is removed; one that was not
 * mirrored is never touched.
 */
final class MirrorReferences {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ImageDirectory directory;

    MirrorReferences(ImageDirectory directory) {
        this.directory = directory;
    }

    /** Return what refers to each file of some products files. */
    static Map<String, Set<String>> of(Collection<ObjectNode> trees) {
        Map<String, Set<String>> references = new TreeMap<>();
        for (ObjectNode tree : trees) {
            for (StreamItem item : StreamItem.of(tree)) {
                references
                        .computeIfAbsent(item.path(), path -> new TreeSet<>())
                        .add(String.join(" ", item.text("content_id"), item.product(), item.version(), item.name()));
            }
        }
        return references;
    }

    /** Return the files that were mirrored and not removed since, also by a sync that was killed. */
    Set<String> files(SyncListener listener) {
        Set<String> files = new TreeSet<>();
        Path file = directory.references();
        if (!Files.exists(file)) {
            return files;
        }
        try {
            JsonNode counts = JSON.readTree(Files.readAllBytes(file));
            if (counts.isObject()) {
                files.addAll(counts.propertyNames());
                return files;
            }
        } catch (IOException | JacksonException broken) {
            // Said below: it is of no use, and can be made again.
        }
        listener.note(file + " is damaged and is made again; files that a killed sync has left may stay");
        return files;
    }

    /** Write the counts; a file may have none while it is about to be removed. */
    void write(Map<String, Set<String>> references) throws ImageException {
        Products.replace(directory.references(), references);
    }

    /** Remove files, and directories that are empty then. */
    List<String> remove(Collection<String> files) throws ImageException {
        List<String> removed = new ArrayList<>();
        for (String file : files) {
            if (MirrorPath.objection(file).isPresent()) {
                // Named by a stream to an earlier vmtest: what lies there is not the mirror's to remove.
                continue;
            }
            try {
                Path path = directory.itemPlace(file);
                if (Files.deleteIfExists(path)) {
                    removed.add(file);
                }
                removeEmpty(path.getParent());
            } catch (IOException failed) {
                throw new ImageException(
                        "the old image file " + file + " cannot be removed: " + PlainTrouble.of(failed),
                        "check the permissions of " + directory.root(),
                        failed);
            }
        }
        return removed;
    }

    private void removeEmpty(@Nullable Path from) throws IOException {
        Path path = from;
        while (path != null && path.startsWith(directory.root()) && !path.equals(directory.root())) {
            try {
                boolean unused = Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException used) {
                return;
            }
            path = path.getParent();
        }
    }
}
