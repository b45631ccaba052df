package dev.vmtest.image.mirror;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vmtest.digest.Sha256;
import dev.vmtest.process.FileTree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** Serve an image stream on loopback, signed with a key of its own, and misbehave where a test says so. */
final class StreamServer implements AutoCloseable {

    static final String CONTENT_ID = "com.ubuntu.maas:stable:v3:download";
    static final String INDEX = "streams/v1/index.sjson";
    static final String PRODUCTS = "streams/v1/" + CONTENT_ID + ".sjson";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Answer a request otherwise than well; false leaves it to the server. */
    interface Fault {

        boolean answer(HttpExchange exchange, byte[] file) throws IOException;
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final Map<String, Fault> faults = new ConcurrentHashMap<>();
    final CountDownLatch released = new CountDownLatch(1);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Map<String, Object>> products = new TreeMap<>();
    private final Path directory;

    StreamServer(Path directory) throws IOException {
        this.directory = directory;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        makeKey("home");
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + INDEX);
    }

    Path keyring() {
        return directory.resolve("home.gpg");
    }

    /** Add a version of an image with a kernel, an initrd and a root file system. */
    StreamServer image(String release, String arch, String subarch, String version) {
        String base = "ubuntu/" + release + "/" + arch + "/" + version + "/";
        Map<String, Object> items = new TreeMap<>();
        item(items, "boot-kernel", base + subarch + "/boot-kernel");
        item(items, "boot-initrd", base + subarch + "/boot-initrd");
        item(items, "squashfs", base + "squashfs");
        item(items, "manifest", base + "manifest");
        return version(release, arch, subarch, version, items);
    }

    private void item(Map<String, Object> items, String ftype, String path) {
        byte[] content = files.computeIfAbsent(path, one -> content(one, 100_000));
        items.put(ftype, entry(ftype, path, content));
    }

    static Map<String, Object> entry(String ftype, String path, byte[] content) {
        Map<String, Object> item = new HashMap<>();
        item.put("ftype", ftype);
        item.put("path", path);
        item.put("size", content.length);
        item.put("sha256", Sha256.of(content));
        return item;
    }

    static byte[] content(String name, int size) {
        byte[] content = new byte[size];
        byte[] pattern = (name + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < size; i++) {
            content[i] = pattern[i % pattern.length];
        }
        return content;
    }

    @SuppressWarnings("unchecked") // what this class itself has put there
    StreamServer version(String release, String arch, String subarch, String version, Map<String, Object> items) {
        String name = "com.ubuntu.maas.stable:v3:boot:" + release + ":" + arch + ":" + subarch;
        Map<String, Object> product = products.computeIfAbsent(
                name,
                one -> new HashMap<>(Map.of(
                        "os", "ubuntu", "release", release, "arch", arch, "subarch", subarch, "krel", release,
                        "kflavor", "generic", "label", "stable")));
        Map<String, Object> versions =
                (Map<String, Object>) product.computeIfAbsent("versions", one -> new TreeMap<String, Object>());
        versions.put(version, Map.of("items", items));
        return this;
    }

    /** Return an item, to be spoilt. */
    Map<String, Object> item(String release, String subarch, String version, String name) {
        return below(below(below(product(release, subarch), "versions"), version), "items", name);
    }

    void withdraw(String release, String subarch, String version) {
        below(product(release, subarch), "versions").remove(version);
    }

    private Map<String, Object> product(String release, String subarch) {
        return Objects.requireNonNull(products.get("com.ubuntu.maas.stable:v3:boot:" + release + ":amd64:" + subarch));
    }

    @SuppressWarnings("unchecked") // what this class itself has put there
    private static Map<String, Object> below(Map<String, Object> map, String... keys) {
        Map<String, Object> found = map;
        for (String key : keys) {
            found = (Map<String, Object>) Objects.requireNonNull(found.get(key));
        }
        return found;
    }

    /** Return a file that is served. */
    byte[] file(String path) {
        return Objects.requireNonNull(files.get(path));
    }

    /** Sign and publish what was added. */
    StreamServer publish() throws IOException {
        files.put(
                INDEX,
                sign(JSON.writeValueAsBytes(Map.of(
                        "format",
                        "index:1.0",
                        "index",
                        Map.of(
                                CONTENT_ID,
                                Map.of(
                                        "format", "products:1.0",
                                        "datatype", "image-downloads",
                                        "path", PRODUCTS),
                                "other",
                                Map.of(
                                        "format",
                                        "products:1.0",
                                        "datatype",
                                        "image-ids",
                                        "path",
                                        "streams/v1/no.sjson"))))));
        files.put(PRODUCTS, sign(products()));
        files.put(
                "streams/v1/index.json",
                "{\"format\": \"index:1.0\", \"index\": {\"x\": {\"format\": \"products:1.0\", \"path\": \"streams/v1/x.json\"}}}"
                        .getBytes(StandardCharsets.UTF_8));
        files.put("streams/v1/x.json", products());
        return this;
    }

    private byte[] products() {
        return JSON.writeValueAsBytes(Map.of("format", "products:1.0", "content_id", CONTENT_ID, "products", products));
    }

    byte[] sign(byte[] document) throws IOException {
        Path plain = Files.write(directory.resolve("plain"), document);
        Path signed = directory.resolve("signed");
        Files.deleteIfExists(signed);
        gpg("home", "--clearsign", "--output", signed.toString(), plain.toString());
        return Files.readAllBytes(signed);
    }

    /** Make a key of its own, with its keyring beside the home. */
    Path makeKey(String name) throws IOException {
        Files.createDirectory(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        gpg(name, "--passphrase", "", "--quick-gen-key", name + "@example.invalid", "ed25519", "sign", "never");
        Path keyring = directory.resolve(name + ".gpg");
        gpg(name, "--output", keyring.toString(), "--export");
        return keyring;
    }

    private void gpg(String home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("gpg", "--homedir", directory.resolve(home).toString(), "--batch", "--quiet"));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(command + ": " + said);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(path + (range == null ? "" : " " + range));
        byte[] file = files.get(path);
        try (exchange) {
            Fault fault = faults.get(path);
            if (fault != null && fault.answer(exchange, file == null ? new byte[0] : file)) {
                return;
            }
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
            }
            byte[] part = Arrays.copyOfRange(file, from, file.length);
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, part.length == 0 ? -1 : part.length);
            exchange.getResponseBody().write(part);
        }
    }

    /** Waits until a client has what was sent to it. */
    interface Arrival {

        void await() throws IOException;
    }

    /** Send the first part of a file and break the connection once that has arrived. */
    static boolean cut(HttpExchange exchange, byte[] file, int bytes, Arrival arrival) throws IOException {
        exchange.sendResponseHeaders(200, file.length);
        OutputStream body = exchange.getResponseBody();
        body.write(file, 0, bytes);
        body.flush();
        arrival.await();
        throw new IOException("cut");
    }

    /** Send the first part of a file and then nothing. */
    boolean hang(HttpExchange exchange, byte[] file, int bytes) throws IOException {
        exchange.sendResponseHeaders(200, file.length);
        OutputStream body = exchange.getResponseBody();
        body.write(file, 0, bytes);
        body.flush();
        try {
            released.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
        try {
            for (Path home : FileTree.children(directory).stream()
                    .filter(Files::isDirectory)
                    .toList()) {
                run(List.of("gpgconf", "--homedir", home.toString(), "--kill", "gpg-agent"));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
