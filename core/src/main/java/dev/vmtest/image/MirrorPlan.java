package dev.vmtest.image;

import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Work out what a sync has to fetch, and what the tree describes afterwards. Changes nothing. */
final class MirrorPlan {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ImageDirectory directory;
    private final SyncRequest request;
    private final Map<String, ObjectNode> upstream;
    private final Map<String, ObjectNode> local;
    private final List<Candidate> good = new ArrayList<>();
    private final List<Candidate> bad = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private MirrorPlan(
            ImageDirectory directory,
            SyncRequest request,
            Map<String, ObjectNode> upstream,
            Map<String, ObjectNode> local) {
        this.directory = directory;
        this.request = request;
        this.upstream = upstream;
        this.local = local;
    }

    /**
     * Plan a sync.
     *
     * @param upstream what the stream has, by content id
     * @param local what was mirrored before, by content id
     * @param built the files of images that were built here
     * @throws ImageException if the stream has nothing of what is asked for
     */
    static MirrorPlan of(
            ImageDirectory directory,
            SyncRequest request,
            Map<String, ObjectNode> upstream,
            Map<String, ObjectNode> local,
            Set<Path> built)
            throws ImageException {
        MirrorPlan plan = new MirrorPlan(directory, request, upstream, local);
        upstream.forEach((contentId, tree) ->
                Candidate.of(contentId, tree, request).forEach(candidate -> plan.take(candidate, built)));
        if (plan.good.isEmpty() && plan.bad.isEmpty()) {
            throw plan.nothing();
        }
        return plan;
    }

    /** Items of one path that differ would overwrite each other. */
    private void take(Candidate candidate, Set<Path> built) {
        List<String> found = new ArrayList<>(candidate.problems(directory));
        Map<String, StreamItem> byPath = new HashMap<>();
        good.forEach(other -> other.items().forEach(item -> byPath.put(item.path(), item)));
        for (StreamItem item : candidate.items()) {
            StreamItem other = byPath.getOrDefault(item.path(), item);
            if (!other.sha256().equals(item.sha256()) || other.size() != item.size()) {
                found.add("the stream has two different files " + Printable.word(item.path()));
            }
            if (found.isEmpty() && built.contains(directory.root().resolve(item.path()))) {
                found.add("the stream's file " + item.path() + " is one that was built here");
            }
            byPath.put(item.path(), item);
        }
        (found.isEmpty() ? good : bad).add(candidate);
        problems.addAll(found);
    }

    private ImageException nothing() {
        Set<String> there = new TreeSet<>();
        upstream.values()
                .forEach(tree -> StreamItem.of(tree)
                        .forEach(item -> there.add(Printable.word(item.text("release") + " " + item.text("arch")))));
        return new ImageException(
                request.source() + " has nothing of what is asked for: " + request.description(),
                there.isEmpty()
                        ? "it has no items at all"
                        : "it has: " + there.stream().limit(60).collect(Collectors.joining(", ")));
    }

    /** Return what is wrong with the stream's description of items. */
    List<String> problems() {
        return problems;
    }

    /** Return the items of one file each that are not there, in the order of the stream. */
    List<StreamItem> missing() throws ImageException {
        Set<String> described = new TreeSet<>();
        local.values()
                .forEach(tree -> StreamItem.of(tree).forEach(item -> described.add(item.path() + " " + item.sha256())));
        Map<String, StreamItem> missing = new LinkedHashMap<>();
        for (Candidate candidate : good) {
            for (StreamItem item : candidate.items()) {
                if (!isThere(item, described.contains(item.path() + " " + item.sha256()))) {
                    missing.putIfAbsent(fileKey(item), item);
                }
            }
        }
        return List.copyOf(missing.values());
    }

    /** Name a file by what is in it. */
    static String fileKey(StreamItem item) {
        return item.sha256() + "-" + item.size();
    }

    /** A file that a sync has taken in is trusted by its size; any other one by its hash. */
    private boolean isThere(StreamItem item, boolean described) throws ImageException {
        Path place = directory.itemPlace(item.path());
        try {
            return Files.isRegularFile(place)
                    && Files.size(place) == item.size()
                    && (described || Sha256.of(place).equals(item.sha256()));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Say that a file could not be fetched: the versions that need it stay as they were. */
    void withdraw(Collection<StreamItem> failed) {
        Set<String> keys = failed.stream().map(MirrorPlan::fileKey).collect(Collectors.toSet());
        List<Candidate> without = good.stream()
                .filter(candidate -> candidate.items().stream().anyMatch(item -> keys.contains(fileKey(item))))
                .toList();
        good.removeAll(without);
        bad.addAll(without);
    }

    /** Return the versions that can be had. */
    List<Candidate> versions() {
        return List.copyOf(good);
    }

    /** Return what the tree describes afterwards, by content id. */
    Map<String, ObjectNode> result() {
        Map<String, ObjectNode> result = new TreeMap<>();
        Set<String> ids = new TreeSet<>(local.keySet());
        List<Candidate> all = new ArrayList<>(good);
        all.addAll(bad);
        all.forEach(candidate -> ids.add(candidate.contentId()));
        boolean clean = request.clean() && bad.isEmpty();
        for (String id : ids) {
            result.put(id, tree(id, clean));
        }
        return result;
    }

    private ObjectNode tree(String contentId, boolean clean) {
        ObjectNode old = local.getOrDefault(contentId, JSON.createObjectNode());
        ObjectNode fresh = upstream.getOrDefault(contentId, old);
        ObjectNode tree = JSON.createObjectNode();
        Candidate.copyFields(fresh, tree, "products");
        ObjectNode products = tree.putObject("products");
        Set<String> renewed = products(good, contentId);
        Set<String> kept = products(bad, contentId);
        for (Map.Entry<String, JsonNode> product : old.path("products").properties()) {
            String name = product.getKey();
            if (kept.contains(name) || !(clean || renewed.contains(name))) {
                products.set(name, product.getValue().deepCopy());
            }
        }
        good.stream().filter(one -> one.contentId().equals(contentId)).forEach(one -> one.copy(fresh, tree));
        // Where a new version could not be had, an old one stays in its place.
        kept.forEach(name -> keepNewest(products.path(name)));
        return tree;
    }

    private static Set<String> products(List<Candidate> candidates, String contentId) {
        return candidates.stream()
                .filter(candidate -> candidate.contentId().equals(contentId))
                .map(Candidate::product)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void keepNewest(JsonNode product) {
        if (product.path("versions") instanceof ObjectNode versions) {
            versions.propertyNames().stream()
                    .sorted(ImageVersions.ORDER.reversed())
                    .skip(request.keep())
                    .toList()
                    .forEach(versions::remove);
        }
    }

    /** Return products that were mirrored and that the stream does not have any more; they stay. */
    List<String> orphans() {
        Set<String> orphans = new LinkedHashSet<>();
        local.forEach((contentId, tree) -> {
            JsonNode there =
                    upstream.getOrDefault(contentId, JSON.createObjectNode()).path("products");
            StreamItem.of(tree).stream()
                    .filter(request::accepts)
                    .filter(item -> !there.has(item.product()))
                    .forEach(item -> orphans.add(item.image()));
        });
        return List.copyOf(orphans);
    }
}
