package dev.vmtest.image.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageStore;
import dev.vmtest.image.Products;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Mirror streams that would write to what is not theirs. */
@Timeout(120)
class HostileStreamTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @AutoClose
    private final SyncedImages synced;

    HostileStreamTests(@TempDir Path temporary) throws IOException {
        synced = new SyncedImages(temporary);
    }

    @Test
    void leavesThePlacesOfOthersAlone() throws Exception {
        Path snapshot = Files.createDirectories(synced.tree.snapshots().resolve("0123456789abcdef/bios"));
        Files.writeString(snapshot.resolve("state"), "precious");
        for (String path : List.of(
                "snapshots/0123456789abcdef/bios/state",
                "Snapshots/x",
                "snapshots./x",
                "ｓｎａｐｓｈｏｔｓ/x",
                "STREAMS/v1/index.json",
                "debian",
                "debian/bookworm",
                "debian/bookworm/amd64/20260101/generic",
                "a\u200bb/c",
                "a\u202eb/c",
                "n".repeat(256) + "/x",
                "x/".repeat(40) + "x",
                "a\\b")) {
            SyncResult result = mirror(products("some", product("p", path, "evil")), "");
            assertThat(result.problems()).as(path).singleElement().asString().contains("which a mirror may not write");
            assertThat(result.images()).isEmpty();
        }
        assertThat(snapshot.resolve("state")).hasContent("precious");
        assertThat(synced.tree.root().resolve("debian")).doesNotExist();
    }

    @Test
    void refusesTwoItemsThatSomeFileSystemTakesForOne() throws Exception {
        Map<String, String> pairs =
                new LinkedHashMap<>(Map.of("x/Kernel", "x/kernel", "y/k", "y/k.", "z/é", "z/e\u0301"));
        pairs.put("s/straße", "s/STRASSE");
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            Map<String, Object> both = product("first", pair.getKey(), "one");
            both.putAll(product("second", pair.getValue(), "two"));
            assertThat(mirror(products("some", both), "").problems())
                    .as(pair.toString())
                    .singleElement()
                    .asString()
                    .contains(pair.getKey(), pair.getValue(), "product first", "product second");
        }
        Map<String, Object> nested = product("first", "x/y", "one");
        nested.putAll(product("second", "x/y/z", "two"));
        assertThat(mirror(products("some", nested), "").problems())
                .singleElement()
                .asString()
                .contains("of the files x/y ", " and x/y/z ", "one would be a directory of the other");
    }

    @Test
    void keepsTheIndexEntryOfWhatWasBuiltHere() throws Exception {
        for (String id : List.of(Products.BUILT_CONTENT_ID, "dev.vmtest:images:BUILT")) {
            assertThatThrownBy(() -> mirror(products(id, product("p", "x/y", "evil")), id))
                    .hasMessageContaining("the content_id '" + id + "'")
                    .hasMessageContaining("built here");
        }
        assertThat(synced.tree.index()).doesNotExist();
    }

    @Test
    void keepsEntriesThatNoSyncHasMade() throws Exception {
        String index = "{\"format\": \"index:1.0\", \"index\": {\"mine\": {\"format\": \"products:1.0\","
                + " \"path\": \"streams/v1/mine.json\"}}}";
        Files.createDirectories(synced.tree.index().getParent());
        Files.writeString(synced.tree.index(), index);
        Files.writeString(synced.tree.index().resolveSibling("mine.json"), "{\"products\": {}}");

        assertThatThrownBy(() -> mirror(products("mine", product("p", "x/y", "evil")), "mine"))
                .hasMessageContaining("an entry 'mine' for the file streams/v1/mine.json, which no sync has made");
        assertThat(synced.tree.index()).hasContent(index);
    }

    @Test
    void givesContentIdsThatShareANameFilesOfTheirOwn() throws Exception {
        mirror(products("a_b", product("first", "x/first", "one")), "a_b");
        mirror(products("a/b", product("second", "x/second", "two")), "a/b");
        mirror(products("a_b", product("first", "x/first", "one")), "a_b");

        assertThat(new Products(synced.tree).readMirrored(damage -> {})).containsOnlyKeys("a/b", "a_b");
        assertThat(synced.tree.root().resolve("x/first")).hasContent("one");
        assertThat(synced.tree.root().resolve("x/second")).hasContent("two");
        assertThat(new ImageStore(synced.tree, Clock.systemUTC()).images()).hasSize(2);
    }

    @Test
    void doesNotTakeTheFilesOfAnotherStream() throws Exception {
        mirror(products("good", product("first", "x/first", "one")), "good");

        assertThat(mirror(products("evil", product("second", "x/first", "two")), "evil")
                        .problems())
                .singleElement()
                .asString()
                .contains("two different files x/first", "mirrored before", "product first", "product second");
        assertThat(synced.tree.root().resolve("x/first")).hasContent("one");
    }

    @Test
    void readsATreeOfBeforeButRemovesNothingOfOthers() throws Exception {
        // As an earlier vmtest has mirrored it: a path that is not allowed any more, and one that is.
        String path = "snapshots/old/state";
        mirror(products("some", product("p", "x/y", "one")), "some");
        Path file = synced.tree.root().resolve(ImageDirectory.mirroredProducts("some"));
        Files.writeString(file, Files.readString(file).replace("x/y", path));
        Files.createDirectories(synced.tree.root().resolve("snapshots/old"));
        Files.writeString(synced.tree.root().resolve(path), "one");
        assertThat(new ImageStore(synced.tree, Clock.systemUTC()).images()).hasSize(1);

        assertThat(mirror(products("some", product("p", "x/z", "new")), "some").problems())
                .isEmpty();

        assertThat(synced.tree.root().resolve("x/z")).hasContent("new");
        assertThat(synced.tree.root().resolve(path)).hasContent("one");
    }

    @Test
    void aStreamCannotSayThatItsImagesWereBuiltHere() throws Exception {
        Map<String, Object> tree = products("some", product("p", "x/y", "one"));
        String text = JSON.writeValueAsString(tree).replace("\"items\"", "\"inputs\": \"forged\", \"items\"");
        mirrorText(text.getBytes(StandardCharsets.UTF_8), "some");

        assertThat(new ImageStore(synced.tree, Clock.systemUTC()).images())
                .singleElement()
                .satisfies(image -> assertThat(image.isBuilt()).isFalse());
    }

    @Test
    void saysWhatIsWrongWithADocumentInPlainWords() throws Exception {
        assertThatThrownBy(() -> mirrorText(new byte[0], "some")).hasMessageContaining("x.json is empty");
        assertThatThrownBy(() -> mirrorText("{\"a\": [".getBytes(StandardCharsets.UTF_8), "some"))
                .hasMessageContaining("x.json cannot be read: the JSON in it ends too early")
                .hasMessageNotContaining("Source");
        assertThatThrownBy(() -> mirror(products("", product("p", "x/y", "one")), ""))
                .hasMessageContaining("has no content_id");
    }

    private static Map<String, Object> products(String contentId, Map<String, Object> products) {
        return Map.of("format", "products:1.0", "content_id", contentId, "products", products);
    }

    private Map<String, Object> product(String name, String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        synced.server.files.put(path, bytes);
        Map<String, Object> product = new TreeMap<>();
        product.put(
                name,
                Map.of(
                        "os",
                        "ubuntu",
                        "release",
                        "jammy",
                        "arch",
                        "amd64",
                        "subarch",
                        "generic",
                        "versions",
                        Map.of(
                                "20260101",
                                Map.of("items", Map.of("squashfs", StreamServer.entry("squashfs", path, bytes))))));
        return product;
    }

    private SyncResult mirror(Map<String, Object> tree, String contentId) throws ImageException {
        return mirrorText(JSON.writeValueAsBytes(tree), contentId);
    }

    private SyncResult mirrorText(byte[] tree, String contentId) throws ImageException {
        synced.server.files.put("streams/v1/x.json", tree);
        synced.server.files.put(
                "streams/v1/index.json",
                JSON.writeValueAsBytes(Map.of(
                        "format",
                        "index:1.0",
                        "index",
                        Map.of(contentId, Map.of("format", "products:1.0", "path", "streams/v1/x.json")))));
        return synced.sync()
                .sync(
                        new SyncRequest(
                                new SyncRequest.Stream(
                                        synced.server.url().resolve("index.json"), synced.server.keyring()),
                                new SyncRequest.Selection(List.of("jammy"), List.of("amd64"), List.of()),
                                1,
                                1,
                                false,
                                false,
                                Duration.ofSeconds(-1)),
                        synced.listener);
    }
}
