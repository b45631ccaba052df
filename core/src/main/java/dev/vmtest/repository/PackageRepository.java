package dev.vmtest.repository;

import dev.vmtest.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Make the files of an archive as apt reads it (Debian's wiki, "DebianRepository/Format"): a release with its updates and
 * security suites, each with a signed index, so that the usual sources of Debian and of Ubuntu find what they name.
 */
public final class PackageRepository {

    private static final List<String> POCKETS = List.of("", "-updates", "-security", "-backports", "-proposed");
    private static final List<String> COMPONENTS =
            List.of("main", "contrib", "non-free", "non-free-firmware", "restricted", "universe", "multiverse");

    /** Where the packages are; the other components are empty. */
    private static final String FIRST_COMPONENT = "main";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String release;
    private final String architecture;
    private final Instant made;
    private final SigningKey key;
    private final Map<String, byte[]> files = new TreeMap<>();

    private PackageRepository(String release, String architecture, Instant made, SigningKey key) {
        this.release = release;
        this.architecture = architecture;
        this.made = made;
        this.key = key;
    }

    /**
     * Return the files of a repository by their paths.
     *
     * @param release the code name of the release that its suites belong to
     * @param architecture Debian's name of the machine's architecture
     * @param made when it says it was made; a guest whose clock is before that refuses it
     */
    public static Map<String, byte[]> files(
            String release, String architecture, List<ProofPackage> packages, Instant made, SigningKey key) {
        PackageRepository repository = new PackageRepository(release, architecture, made, key);
        StringBuilder index = new StringBuilder();
        packages.forEach(each -> repository.add(each, index));
        POCKETS.forEach(pocket -> repository.suite(pocket, index.toString()));
        return Map.copyOf(repository.files);
    }

    private void add(ProofPackage each, StringBuilder index) {
        byte[] file = each.file(made);
        String path = "pool/main/" + each.name() + "/" + each.fileName();
        files.put(path, file);
        index.append(index.isEmpty() ? "" : "\n")
                .append(each.control())
                .append("Filename: ")
                .append(path)
                .append("\nSize: ")
                .append(file.length)
                .append("\nSHA256: ")
                .append(Sha256.of(file))
                .append('\n');
    }

    private void suite(String pocket, String index) {
        String suite = release + pocket;
        Map<String, byte[]> indices = new LinkedHashMap<>();
        for (String component : COMPONENTS) {
            String packages = component.equals(FIRST_COMPONENT) ? index : "";
            indices.put(component + "/binary-" + architecture + "/Packages", bytes(packages));
            indices.put(component + "/source/Sources", bytes(""));
        }
        StringBuilder text = new StringBuilder();
        text.append("Origin: vmtest\nLabel: vmtest\nSuite: ").append(suite);
        text.append("\nCodename: ").append(suite);
        text.append("\nDate: ").append(DATE.format(made));
        text.append("\nArchitectures: ").append(architecture);
        text.append("\nComponents: ").append(String.join(" ", COMPONENTS));
        text.append("\nDescription: packages that a run of vmtest made\nSHA256:\n");
        indices.forEach((name, content) -> {
            text.append(" " + Sha256.of(content) + " " + content.length + " " + name + "\n");
            files.put("dists/" + suite + "/" + name, content);
        });
        String signed = text.toString();
        files.put("dists/" + suite + "/Release", bytes(signed));
        files.put("dists/" + suite + "/Release.gpg", bytes(key.detached(bytes(signed))));
        files.put("dists/" + suite + "/InRelease", bytes(key.clearSigned(signed)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
