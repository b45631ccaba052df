package dev.vmtest.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Serve files to a guest and take its reports.
 *
 * <pre>{@code
 * try (PublishServer server = PublishServer.onLoopback(PublishServer.newSecret(random), listener)) {
 *     server.publish("seed/user-data", userData);
 *     server.publish("root/squashfs", squashfs);
 *     String seed = server.urlFromGuest("seed/");         // for seedfrom=
 *     String endpoint = server.eventsUrlFromGuest();      // for curtin's webhook
 * }
 * }</pre>
 *
 * <p>Everything lies below a path segment that only this run knows, apart from what is published at an absolute path. A
 * request can name nothing that was not published: paths are looked up, never joined to a directory.
 */
public final class PublishServer implements AutoCloseable {

    /** The host as a guest on QEMU's user networking sees it (QEMU manual, "Using the user mode network stack"). */
    public static final String USER_NETWORKING_HOST = "10.0.2.2";

    /** The path, below the secret, that takes report events. */
    static final String EVENTS = "events/";

    /** The characters that mean themselves in a URL's path (RFC 3986, section 3.3). */
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9._~!$'()*+,;=:@-]+(/[A-Za-z0-9._~!$'()*+,;=:@-]+)*/?");

    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{16,64}");

    private final HttpFront front;
    private final Map<String, Publication> publications = new ConcurrentHashMap<>();
    private final String guestHost;
    private final String secret;

    private PublishServer(InetSocketAddress address, String guestHost, String secret, PublishListener listener)
            throws IOException {
        if (!SECRET.matcher(secret).matches()) {
            throw new IllegalArgumentException("a secret has 16 to 64 letters and digits");
        }
        this.guestHost = guestHost;
        this.secret = secret;
        this.front = HttpFront.on(address, "publish", new PublishHandler(secret, publications::get, listener));
    }

    /** Start a server that only this host reaches, and guests on user networking through it. */
    public static PublishServer onLoopback(String secret, PublishListener listener) throws IOException {
        return on(InetAddress.getLoopbackAddress(), USER_NETWORKING_HOST, secret, listener);
    }

    /**
     * Start a server on an address of this host, for guests on a bridge. Others on that network reach it as well.
     *
     * @param address where to listen; the port is chosen by the system
     * @param guestHost the name or address under which the guest reaches it; an IPv6 address in brackets
     * @param secret the path segment, see {@link #newSecret}
     */
    public static PublishServer on(InetAddress address, String guestHost, String secret, PublishListener listener)
            throws IOException {
        return on(new InetSocketAddress(address, 0), guestHost, secret, listener);
    }

    /**
     * Start a server on an address and a port of this host.
     *
     * @param address where to listen; the system chooses the port if it is 0
     * @throws java.net.BindException if the port is taken or the address is not this host's
     */
    public static PublishServer on(InetSocketAddress address, String guestHost, String secret, PublishListener listener)
            throws IOException {
        return new PublishServer(address, guestHost, secret, listener);
    }

    /** Return a secret of 128 random bits. */
    public static String newSecret(RandomGenerator random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Serve bytes at a path below the secret; replace what was there. */
    public void publish(String path, byte[] content) {
        publications.put(below(path), new Publication.Bytes(content));
    }

    /**
     * Serve a file at a path below the secret; replace what was there.
     *
     * @throws IOException if the file cannot be read now; if it vanishes later the guest gets 404
     */
    public void publish(String path, Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("cannot publish " + file + ": not a readable file");
        }
        publications.put(below(path), new Publication.File(file));
    }

    /** Serve bytes at an absolute path, without the secret: for answers whose place the installer knows already. */
    public void publishAbsolute(String path, byte[] content) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("not absolute: " + path);
        }
        publications.put("/" + valid(path.substring(1)), new Publication.Bytes(content));
    }

    /** Return the files that are published now, by the path of their URL, which begins with a slash. */
    public Map<String, Path> publishedFiles() {
        Map<String, Path> files = new TreeMap<>();
        publications.forEach((path, publication) -> {
            if (publication instanceof Publication.File file) {
                files.put(path, file.path());
            }
        });
        return files;
    }

    /** Return the port. */
    public int port() {
        return front.address().getPort();
    }

    /** Return the URL of a path below the secret for this host; the path may end in a slash or be empty. */
    public String urlFromHost(String path) {
        InetAddress address = front.address().getAddress();
        String host = address.getHostAddress();
        return url(host.contains(":") ? "[" + host + "]" : host, path);
    }

    /** Return the URL of a path below the secret for the guest; the path may end in a slash or be empty. */
    public String urlFromGuest(String path) {
        return url(guestHost, path);
    }

    /** Return where the guest posts its report events. */
    public String eventsUrlFromGuest() {
        return urlFromGuest(EVENTS);
    }

    /** Stop serving, break open connections and end all threads. */
    @Override
    public void close() {
        front.close();
    }

    private String url(String host, String path) {
        return "http://" + host + ":" + port() + "/" + secret + "/" + (path.isEmpty() ? "" : valid(path));
    }

    private String below(String path) {
        if (path.startsWith(EVENTS)) {
            throw new IllegalArgumentException("events arrive there: " + path);
        }
        return "/" + secret + "/" + valid(path);
    }

    /** Return whether a path can be one of a file that is published: plain, relative, and none where events arrive. */
    public static boolean canPublish(String path) {
        return isPlain(path) && !path.startsWith(EVENTS);
    }

    private static boolean isPlain(String path) {
        return PATH.matcher(path).matches() && !path.matches("(.*/)?\\.\\.?(/.*)?");
    }

    private static String valid(String path) {
        if (!isPlain(path)) {
            throw new IllegalArgumentException("not a plain relative URL path: " + path);
        }
        return path;
    }
}
