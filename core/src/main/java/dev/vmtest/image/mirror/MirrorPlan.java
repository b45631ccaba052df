package dev.vmtest.image.mirror;

import dev.vmtest.digest.Sha256;
import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageVersions;
import dev.vmtest.image.StreamItem;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        List<Candidate> candidates = new ArrayList<>();
        upstream.forEach((contentId, tree) -> candidates.addAll(Candidate.of(contentId, tree, request)));
        MirrorPlaces places = new MirrorPlaces(directory, built);
        plan.keepOthers(candidates, places);
        candidates.forEach(candidate -> plan.take(candidate, places));
        if (plan.good.isEmpty() && plan.bad.isEmpty()) {
            throw plan.nothing();
        }
        return plan;
    }

    /** What this sync does not renew keeps its places. */
    private void keepOthers(List<Candidate> candidates, MirrorPlaces places) {
        if (request.clean()) {
            return;
        }
        Map<String, Set<String>> renewed = new HashMap<>();
        for (Candidate candidate : candidates) {
            renewed.computeIfAbsent(candidate.contentId(), id -> new HashSet<>())
                    .add(candidate.product());
        }
        local.forEach((contentId, tree) -> {
            Set<String> products = renewed.getOrDefault(contentId, Set.of());
            StreamItem.of(tree).stream()
                    .filter(item -> !products.contains(item.product()))
                    .forEach(places::keep);
        });
    }

    /** Items of one path that differ would overwrite each other. */
    private void take(Candidate candidate, MirrorPlaces places) {
        List<String> found = new ArrayList<>(candidate.problems());
        if (found.isEmpty()) {
            found.addAll(places.take(candidate.items()));
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
                request.stream().source() + " has nothing of what is asked for: " + request.description(),
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
                    missing.putIfAbsent(item.fileKey(), item);
                }
            }
        }
        return List.copyOf(missing.values());
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
        Set<String> keys = failed.stream().map(StreamItem::fileKey).collect(Collectors.toSet());
        Map<Boolean, List<Candidate>> byFate = good.stream()
                .collect(Collectors.partitioningBy(
                        candidate -> candidate.items().stream().noneMatch(item -> keys.contains(item.fileKey()))));
        good.clear();
        good.addAll(byFate.getOrDefault(true, List.of()));
        bad.addAll(byFate.getOrDefault(false, List.of()));
    }

    /** Return the versions that can be had. */
    List<Candidate> versions() {
        return List.copyOf(good);
    }

    /** Return the content ids that the stream has anything of. */
    Set<String> contentIds() {
        return Stream.concat(good.stream(), bad.stream())
                .map(Candidate::contentId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Return what the tree describes afterwards, by content id. */
    Map<String, ObjectNode> result() {
        Map<String, ObjectNode> result = new TreeMap<>();
        Set<String> ids = contentIds();
        ids.addAll(local.keySet());
        Map<String, List<Candidate>> goodOnes = byContentId(good);
        Map<String, List<Candidate>> badOnes = byContentId(bad);
        for (String id : ids) {
            result.put(id, tree(id, goodOnes.getOrDefault(id, List.of()), badOnes.getOrDefault(id, List.of())));
        }
        return result;
    }

    private static Map<String, List<Candidate>> byContentId(List<Candidate> candidates) {
        return candidates.stream().collect(Collectors.groupingBy(Candidate::contentId));
    }

    private ObjectNode tree(String contentId, List<Candidate> goodOnes, List<Candidate> badOnes) {
        boolean clean = request.clean() && bad.isEmpty();
        ObjectNode old = local.getOrDefault(contentId, JSON.createObjectNode());
        ObjectNode fresh = upstream.getOrDefault(contentId, old);
        ObjectNode tree = JSON.createObjectNode();
        Candidate.copyFields(fresh, tree, "products");
        ObjectNode products = tree.putObject("products");
        Set<String> renewed = products(goodOnes);
        Set<String> kept = products(badOnes);
        for (Map.Entry<String, JsonNode> product : old.path("products").properties()) {
            String name = product.getKey();
            if (kept.contains(name) || !(clean || renewed.contains(name))) {
                products.set(name, product.getValue().deepCopy());
            }
        }
        goodOnes.forEach(one -> one.copy(fresh, tree));
        // Where a new version could not be had, an old one stays in its place.
        kept.forEach(name -> keepNewest(products.path(name)));
        return tree;
    }

    private static Set<String> products(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::product).collect(Collectors.toCollection(LinkedHashSet::new));
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
