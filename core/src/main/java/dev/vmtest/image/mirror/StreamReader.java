package dev.vmtest.image.mirror;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.MirrorPath;
import dev.vmtest.image.Products;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Read a stream from its index to its products files, each verified before anything in it is believed. */
final class StreamReader {

    /** The products files of MAAS have some megabytes. */
    private static final int LARGEST_DOCUMENT = 64 << 20;

    private static final int DEEPEST = 4;
    private static final int MOST_DOCUMENTS = 200;
    private static final int ATTEMPTS = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StreamSource source;
    private final ClearSigned signatures;
    private final boolean signed;
    private final StallWatch stalls;
    private final Map<String, ObjectNode> products = new TreeMap<>();
    private final Map<String, byte[]> originals = new LinkedHashMap<>();

    /**
     * @param signed whether every document must be clear-signed
     */
    StreamReader(StreamSource source, ClearSigned signatures, boolean signed, StallWatch stalls) {
        this.source = source;
        this.signatures = signatures;
        this.signed = signed;
        this.stalls = stalls;
    }

    /** Read an index or a products file and everything below it. */
    void read(String path) throws ImageException {
        read(path, "", 0);
    }

    /** Return the products files by content id. */
    Map<String, ObjectNode> products() {
        return products;
    }

    /** Return the documents as they were fetched, by path. */
    Map<String, byte[]> originals() {
        return originals;
    }

    private void read(String path, String contentId, int depth) throws ImageException {
        if (originals.containsKey(path)) {
            return;
        }
        if (depth > DEEPEST || originals.size() >= MOST_DOCUMENTS) {
            throw broken(path, "is nested too deeply, or the stream has too many files");
        }
        byte[] document = fetch(path);
        JsonNode tree = parse(
                path, signed ? signatures.verify(document, source.locate(path).toString()) : document);
        originals.put(path, document);
        String format = tree.path("format").asString("");
        switch (format) {
            case "index:1.0" -> readIndex(path, tree, depth);
            case "products:1.0" -> {
                String id = tree.path("content_id").asString(contentId);
                ObjectNode file = ((ObjectNode) tree).put("content_id", id);
                requireContentId(path, id);
                if (products.putIfAbsent(id, file) != null) {
                    throw broken(path, "has the content_id '" + Printable.word(id) + "' of another products file");
                }
            }
            default ->
                throw broken(
                        path,
                        "has the format '" + Printable.word(format) + "', which is neither index:1.0 nor products:1.0");
        }
    }

    private void requireContentId(String path, String id) throws ImageException {
        if (id.isEmpty()) {
            throw broken(path, "has no content_id");
        }
        if (!MirrorPath.isName(id)) {
            throw broken(path, "has a content_id that is too long or has invisible characters");
        }
        if (MirrorPath.folded(id).equals(Products.BUILT_CONTENT_ID)) {
            throw broken(
                    path,
                    "has the content_id '" + Printable.word(id)
                            + "', by which this host knows the images that were built" + " here");
        }
        for (String other : products.keySet()) {
            if (!other.equals(id) && MirrorPath.folded(other).equals(MirrorPath.folded(id))) {
                throw broken(
                        path,
                        "has the content_id '" + Printable.word(id)
                                + "', which is nearly that of another products file, '" + Printable.word(other) + "'");
            }
        }
    }

    private void readIndex(String path, JsonNode index, int depth) throws ImageException {
        for (Map.Entry<String, JsonNode> entry : index.path("index").properties()) {
            JsonNode value = entry.getValue();
            String format = value.path("format").asString("");
            boolean isProducts = format.equals("products:1.0")
                    && value.path("datatype").asString("image-downloads").equals("image-downloads");
            if (isProducts || format.equals("index:1.0")) {
                String below = value.path("path").asString("");
                if (below.isEmpty() || below.startsWith("/") || below.contains("..")) {
                    throw broken(path, "names the file '" + Printable.word(below) + "', which is not below the stream");
                }
                read(below, entry.getKey(), depth + 1);
            }
        }
    }

    private JsonNode parse(String path, byte[] document) throws ImageException {
        if (document.length == 0) {
            throw broken(path, "is empty");
        }
        try {
            JsonNode tree = JSON.readTree(document);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JacksonException garbage) {
            throw broken(path, "cannot be read: " + PlainTrouble.of(garbage));
        }
        throw broken(path, "is no JSON object");
    }

    private ImageException broken(String path, String what) {
        return new ImageException(
                source.locate(path) + " " + what, "check IMAGE_SRC_URL; nothing in the image directory was changed");
    }

    private byte[] fetch(String path) throws ImageException {
        IOException last = new IOException("not tried");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return fetchOnce(path);
            } catch (StalledException hangs) {
                last = hangs;
                break;
            } catch (IOException failed) {
                last = failed;
            }
        }
        throw new ImageException(
                source.locate(path) + " cannot be fetched: " + PlainTrouble.of(last),
                "check IMAGE_SRC_URL and the network; images that are there stay usable",
                last);
    }

    private byte[] fetchOnce(String path) throws IOException, ImageException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        try (StreamSource.Content content = source.open(path, 0);
                StallWatch.Watched body = stalls.watch(content.body())) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                bytes.write(buffer, 0, count);
                if (bytes.size() > LARGEST_DOCUMENT) {
                    throw broken(path, "is larger than " + (LARGEST_DOCUMENT >> 20) + " MiB");
                }
            }
        }
        return bytes.toByteArray();
    }
}
