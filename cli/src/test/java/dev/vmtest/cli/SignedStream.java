package dev.vmtest.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Make an image stream in a directory, signed with a key of its own. */
final class SignedStream {

    private final Path directory;

    SignedStream(Path directory, List<String> releases) throws IOException {
        this.directory = directory;
        Path home = Files.createDirectories(
                directory.resolve("gpg"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectories(directory.resolve("stream/streams/v1"));
        gpg("--passphrase", "", "--quick-gen-key", "stream@example.invalid", "ed25519", "sign", "never");
        gpg("--output", keyring().toString(), "--export");
        String products = releases.stream().map(this::product).collect(Collectors.joining(", "));
        write("products", """
                {"format": "products:1.0", "content_id": "com.ubuntu.maas:stable:v3:download", "products": {%s}}""".formatted(products));
        write("index", """
                {"format": "index:1.0", "index": {"com.ubuntu.maas:stable:v3:download": {"format": "products:1.0",
                 "datatype": "image-downloads", "path": "streams/v1/products.sjson"}}}""");
        run(List.of("gpgconf", "--homedir", home.toString(), "--kill", "gpg-agent"));
    }

    URI url() {
        return directory.resolve("stream/streams/v1/index.sjson").toUri();
    }

    Path keyring() {
        return directory.resolve("keyring.gpg");
    }

    private String product(String release) {
        String number = release.equals("focal") ? "20.04" : "22.04";
        String items = Stream.of("boot-kernel", "boot-initrd", "squashfs")
                .map(ftype -> item(release, ftype))
                .collect(Collectors.joining(", "));
        return """
                "com.ubuntu.maas.stable:v3:boot:%s:amd64:ga-%s": {"os": "ubuntu", "release": "%s", "krel": "%s",
                 "arch": "amd64", "subarch": "ga-%s", "kflavor": "generic",
                 "versions": {"20260101": {"items": {%s}}}}""".formatted(number, number, release, release, number, items);
    }

    private String item(String release, String ftype) {
        String path = "ubuntu/" + release + "/amd64/20260101/" + ftype;
        byte[] content = (release + " " + ftype + "\n").repeat(1000).getBytes(StandardCharsets.UTF_8);
        try {
            Path file = directory.resolve("stream").resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            return """
                    "%s": {"ftype": "%s", "path": "%s", "size": %d, "sha256": "%s"}""".formatted(ftype, ftype, path, content.length, sha256);
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void write(String name, String json) throws IOException {
        Path plain = Files.writeString(directory.resolve(name), json);
        gpg(
                "--clearsign",
                "--output",
                directory.resolve("stream/streams/v1/" + name + ".sjson").toString(),
                plain.toString());
    }

    private void gpg(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("gpg", "--homedir", directory.resolve("gpg").toString(), "--batch", "--quiet"));
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
}
