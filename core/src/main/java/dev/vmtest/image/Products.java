package dev.vmtest.image;

import dev.vmtest.files.NewFile;
import dev.vmtest.release.DebianRelease;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Read and write the index and the products files of a simplestreams tree (formats index:1.0 and products:1.0). */
public final class Products {

    public static final String BUILT_CONTENT_ID = "dev.vmtest:images:built";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DATATYPE = "image-downloads";

    private final ImageDirectory directory;

    public Products(ImageDirectory directory) {
        this.directory = directory;
    }

    /** Return every image that any products file of the index describes, newest version first within a product. */
    List<InstallImage> read() throws ImageException {
        List<InstallImage> images = new ArrayList<>();
        for (JsonNode tree : trees()) {
            images.addAll(images(tree));
        }
        return images;
    }

    /** Return the products files of the index. */
    List<JsonNode> trees() throws ImageException {
        List<JsonNode> trees = new ArrayList<>();
        if (Files.exists(directory.index())) {
            for (JsonNode entry : parse(directory.index()).path("index").values()) {
                if (entry.path("format").asString("").equals("products:1.0")) {
                    trees.add(parse(directory.resolve(entry.path("path").asString(""))));
                }
            }
        }
        return trees;
    }

    /** Return the images of the products file that builds write. */
    List<InstallImage> readBuilt() throws ImageException {
        Path file = directory.resolve(ImageDirectory.builtProducts());
        return Files.exists(file) ? images(parse(file)) : List.of();
    }

    /** Return the files of the images that were built here. */
    public Set<Path> builtFiles() throws ImageException {
        Set<Path> files = new HashSet<>();
        readBuilt().forEach(image -> image.files().forEach(file -> files.add(file.path())));
        return files;
    }

    private List<InstallImage> images(JsonNode tree) throws ImageException {
        List<InstallImage> images = new ArrayList<>();
        // What a stream says of how its images were made says nothing about this host's.
        boolean isBuilt = tree.path("content_id").asString("").equals(BUILT_CONTENT_ID);
        for (JsonNode product : tree.path("products").values()) {
            List<InstallImage> versions = new ArrayList<>();
            for (Map.Entry<String, JsonNode> version : product.path("versions").properties()) {
                versions.add(image(product, version.getKey(), version.getValue(), isBuilt));
            }
            versions.sort(Comparator.comparing(InstallImage::version, ImageVersions.ORDER)
                    .reversed());
            images.addAll(versions);
        }
        return images;
    }

    private InstallImage image(JsonNode product, String version, JsonNode content, boolean isBuilt)
            throws ImageException {
        List<ImageFile> files = new ArrayList<>();
        for (JsonNode item : content.path("items").values()) {
            files.add(new ImageFile(
                    item.path("ftype").asString(""),
                    directory.resolve(item.path("path").asString("")),
                    item.path("size").asLong(-1),
                    item.path("sha256").asString("")));
        }
        return new InstallImage(
                product.path("os").asString(""),
                product.path("release").asString(""),
                product.path("arch").asString(""),
                product.path("subarch").asString(""),
                version,
                isBuilt ? content.path("inputs").asString("") : "",
                files);
    }

    private static JsonNode parse(Path file) throws ImageException {
        try {
            byte[] content = Files.readAllBytes(file);
            if (content.length == 0) {
                throw unusable(file, "is empty", null);
            }
            return JSON.readTree(content);
        } catch (NoSuchFileException missing) {
            throw new ImageException(
                    "the image index names the file " + file + ", which is not there",
                    "make the images that it describes again, with 'vmtest images build' or 'vmtest images sync'",
                    missing);
        } catch (IOException refused) {
            throw new ImageException(
                    "the image index " + file + " cannot be read: " + PlainTrouble.of(refused, file),
                    "check its permissions and its disk",
                    refused);
        } catch (JacksonException garbage) {
            throw unusable(file, "cannot be read: " + PlainTrouble.of(garbage), garbage);
        }
    }

    private static ImageException unusable(Path file, String what, @Nullable Exception cause) {
        return new ImageException(
                "the image index " + file + " " + what,
                "remove it, then build the images again with 'vmtest images build' or fetch them with 'vmtest images sync'",
                cause);
    }

    /** Write the products file of builds and enter it in the index; each file is replaced in one step. */
    void writeBuilt(List<InstallImage> images, Instant now) throws ImageException {
        String updated = updated(now);
        Map<String, List<InstallImage>> byProduct = new TreeMap<>();
        for (InstallImage image : images) {
            byProduct
                    .computeIfAbsent(productName(image), name -> new ArrayList<>())
                    .add(image);
        }
        Map<String, Object> products = new TreeMap<>();
        byProduct.forEach((name, versions) -> products.put(name, product(versions)));
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("content_id", BUILT_CONTENT_ID);
        file.put("datatype", DATATYPE);
        file.put("format", "products:1.0");
        file.put("updated", updated);
        file.put("products", products);
        replace(directory.resolve(ImageDirectory.builtProducts()), file);

        enter(BUILT_CONTENT_ID, ImageDirectory.builtProducts(), products.keySet(), updated);
    }

    /** Write the products file of what was mirrored of a content id and enter it in the index. */
    public void writeMirrored(String contentId, ObjectNode tree, Instant now) throws ImageException {
        String path = mirroredPlace(contentId);
        replace(directory.resolve(path), tree);
        enter(contentId, path, tree.path("products").propertyNames(), updated(now));
    }

    /**
     * Return what was mirrored of each content id. A file that is damaged counts as if nothing had been: a sync looks at
     * the images again then.
     *
     * @param damaged is told which
     */
    public Map<String, ObjectNode> readMirrored(Consumer<String> damaged) throws ImageException {
        Map<String, ObjectNode> trees = new TreeMap<>();
        if (!Files.exists(directory.index())) {
            return trees;
        }
        for (Map.Entry<String, JsonNode> entry :
                parse(directory.index()).path("index").properties()) {
            String path = entry.getValue().path("path").asString("");
            try {
                if (isMirrored(entry.getKey(), path)
                        && parse(directory.resolve(path)) instanceof ObjectNode tree
                        && isOf(entry.getKey(), tree)) {
                    trees.put(entry.getKey(), tree);
                }
            } catch (ImageException broken) {
                damaged.accept(broken.problem() + "; it is made again");
            }
        }
        return trees;
    }

    private static boolean isMirrored(String contentId, String path) {
        return path.equals(ImageDirectory.mirroredProducts(contentId))
                || path.equals(ImageDirectory.mirroredApart(contentId));
    }

    /** Two content ids may have been mirrored to one name by an earlier vmtest; the later one has it. */
    private static boolean isOf(String contentId, JsonNode tree) {
        return tree.path("content_id").asString(contentId).equals(contentId);
    }

    /**
     * Return the products file of a content id: the one that it has, so that trees of before stay as they are, or a name
     * that no other entry of the index has.
     *
     * @throws ImageException if the index has an entry of that name that no sync has made
     */
    public String mirroredPlace(String contentId) throws ImageException {
        Set<String> others = new HashSet<>();
        if (Files.exists(directory.index())) {
            for (Map.Entry<String, JsonNode> entry :
                    parse(directory.index()).path("index").properties()) {
                String path = entry.getValue().path("path").asString("");
                if (!entry.getKey().equals(contentId)) {
                    others.add(MirrorPath.folded(path));
                } else if (!isMirrored(contentId, path)) {
                    throw new ImageException(
                            "the image index " + directory.index() + " has an entry '" + Printable.word(contentId)
                                    + "' for the file " + Printable.word(path) + ", which no sync has made",
                            "remove that entry, or mirror the stream into another IMAGE_DIR");
                }
            }
        }
        String usual = ImageDirectory.mirroredProducts(contentId);
        return others.contains(MirrorPath.folded(usual)) ? ImageDirectory.mirroredApart(contentId) : usual;
    }

    private void enter(String contentId, String path, Collection<String> products, String updated)
            throws ImageException {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("datatype", DATATYPE);
        entry.put("format", "products:1.0");
        entry.put("path", path);
        entry.put("products", new TreeSet<>(products));
        entry.put("updated", updated);
        Map<String, Object> entries = new TreeMap<>();
        if (Files.exists(directory.index())) {
            // Entries of others stay.
            for (Map.Entry<String, JsonNode> other :
                    parse(directory.index()).path("index").properties()) {
                entries.put(other.getKey(), other.getValue());
            }
        }
        entries.put(contentId, entry);
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("format", "index:1.0");
        index.put("updated", updated);
        index.put("index", entries);
        replace(directory.index(), index);
    }

    private static String updated(Instant now) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    }

    private static String productName(InstallImage image) {
        return "dev.vmtest.images:built:" + image.os() + ":" + image.release() + ":" + image.arch() + ":"
                + image.subarch();
    }

    private Map<String, Object> product(List<InstallImage> images) {
        InstallImage image = images.get(0);
        Map<String, Object> product = new LinkedHashMap<>();
        product.put("os", image.os());
        product.put("release", image.release());
        product.put("version", number(image.release()));
        product.put("arch", image.arch());
        product.put("subarch", image.subarch());
        product.put("subarches", image.subarch());
        product.put("krel", image.release());
        product.put("kflavor", "cloud");
        product.put("label", "built");
        Map<String, Object> versions = new TreeMap<>(ImageVersions.ORDER);
        images.forEach(version -> versions.put(version.version(), content(version)));
        product.put("versions", versions);
        return product;
    }

    private static String number(String codename) {
        for (DebianRelease release : DebianRelease.values()) {
            if (release.codename().equals(codename)) {
                return release.version();
            }
        }
        return "";
    }

    private Map<String, Object> content(InstallImage image) {
        Map<String, Object> items = new TreeMap<>();
        for (ImageFile file : image.files()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("ftype", file.ftype());
            item.put("path", directory.root().relativize(file.path()).toString());
            item.put("size", file.size());
            item.put("sha256", file.sha256());
            items.put(file.ftype(), item);
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("inputs", image.inputs());
        content.put("items", items);
        return content;
    }

    public static void replace(Path file, Object content) throws ImageException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            NewFile.write(
                    fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content), NewFile.Readers.BY_UMASK);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException impossible) {
            throw new IllegalStateException("a rename within a directory is atomic", impossible);
        } catch (IOException failed) {
            throw new ImageException(
                    "the image index " + file + " cannot be written: " + PlainTrouble.of(failed, file),
                    "make room and check its permissions",
                    failed);
        }
    }
}
