package dev.vmtest.report;

import dev.vmtest.publish.LiveServer;
import dev.vmtest.report.TestView.Link;
import dev.vmtest.result.Phase;
import dev.vmtest.secret.KnownSecrets;
import dev.vmtest.secret.SecretsFile;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Show the few files of a test that a page in a browser links to. Names are looked up, never joined to a directory; what
 * the guest named or sent is not among them, nor what holds the secrets of the configuration.
 */
final class ServedFiles {

    /** The most bytes of a file that are shown. */
    static final int LARGEST = 16 << 20;

    private static final String TEXT = "text/plain; charset=utf-8";

    private ServedFiles() {}

    /**
     * Hold a file that may be shown.
     *
     * @param name relative to the directory of a test
     * @param mayRepeat whether it may repeat secrets, so that it is shown only where these are known
     */
    private record Served(String name, String type, boolean mayRepeat) {}

    private static List<Served> all() {
        List<Served> all = new ArrayList<>();
        all.add(new Served(ReportFiles.LAYOUT, "image/svg+xml", false));
        all.add(new Served(ReportFiles.NETWORK, "image/svg+xml", false));
        all.add(new Served(ReportFiles.COVERAGE, TEXT, true));
        for (Phase phase : Phase.values()) {
            all.add(new Served(ReportFiles.console(phase.text()), TEXT, true));
        }
        return all;
    }

    /** Return the links of a test to what is there and may be shown; its consoles have their own. */
    static List<Link> links(Path topdir, Path directory) {
        return all().stream()
                .filter(served -> !served.name().endsWith("-serial.log"))
                .filter(served -> Files.isRegularFile(directory.resolve(served.name()), LinkOption.NOFOLLOW_LINKS))
                .map(served -> new Link(served.name(), TestViews.href(topdir, directory.resolve(served.name()))))
                .toList();
    }

    /**
     * Return the file with an address.
     *
     * @param path as a browser asks for it, below the page
     * @param directories of the tests that have ended
     * @throws IOException if it is there and cannot be shown
     */
    static Optional<LiveServer.Page> find(Path topdir, String path, List<Path> directories) throws IOException {
        for (Path directory : directories) {
            for (Served served : all()) {
                Path file = directory.resolve(served.name());
                if (TestViews.href(topdir, file).equals("./" + path)) {
                    return Optional.of(shown(topdir, directory, file, served));
                }
            }
        }
        return Optional.empty();
    }

    private static LiveServer.Page shown(Path topdir, Path directory, Path file, Served served) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !file.toRealPath().startsWith(topdir.toRealPath())) {
            throw new NoSuchFileException(file.toString());
        }
        Optional<KnownSecrets> secrets = SecretsFile.read(SecretsFile.in(directory));
        if (served.mayRepeat() && secrets.isEmpty()) {
            return new LiveServer.Page(
                    served.type(),
                    "What is secret here is not known any more; only the owner of the file may read it.\n");
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = stream.readNBytes(LARGEST + 1);
            boolean isCut = content.length > LARGEST;
            String text = new String(content, 0, Math.min(content.length, LARGEST), StandardCharsets.UTF_8);
            return new LiveServer.Page(
                    served.type(),
                    Printable.text(secrets.orElse(KnownSecrets.NONE).hideIn(whole(text, isCut)))
                            + (isCut ? "\n… the file goes on; only its first " + LARGEST + " bytes are shown\n" : ""));
        }
    }

    /** A line that is cut in two may hold the half of a secret, which would not be known as one. */
    private static String whole(String text, boolean isCut) {
        return Printable.withoutEscapes(isCut ? text.substring(0, text.lastIndexOf('\n') + 1) : text);
    }
}
