package dev.vmtest.cli;

import dev.vmtest.session.RunLog;
import dev.vmtest.session.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Call the command in this JVM on a host of its own: directories, images, variables and free space are given. */
final class TestHost {

    /** A configuration that can be run: a disk, a root, nothing else. */
    static final String CONFIG = """
            storage:
              version: 1
              config:
                - {id: sda, type: disk, serial: disk-a, ptable: gpt, wipe: superblock, grub_device: true}
                - {id: bios, type: partition, device: sda, size: 1MB, flag: bios_grub}
                - {id: root, type: partition, device: sda, size: 4GB}
                - {id: rootfs, type: format, volume: root, fstype: ext4, label: root}
                - {id: rootmount, type: mount, device: rootfs, path: /}
            """;

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();
    private long freeSpace = 100L << 30;

    /** Make a host below an empty directory; it has one image, of bookworm, whose files hold nothing that boots. */
    TestHost(Path root) throws IOException {
        this.root = root;
        for (String name : List.of("tmp", "home", "images", "programs")) {
            Files.createDirectories(root.resolve(name));
        }
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", root.resolve("home").toString());
        environment.put("TMPDIR", root.resolve("tmp").toString());
        environment.put("IMAGE_DIR", root.resolve("images").toString());
        writeImage("bookworm");
    }

    /** Hold what a command line came to. */
    record Result(int status, String out, String err) {

        /** Return what was said on both streams, line by line. */
        List<String> lines() {
            return Stream.concat(out.lines(), err.lines()).toList();
        }
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(environment, directory -> freeSpace, RunLog.NONE);
        int status = Main.run(
                Invocation.of(
                        surroundings,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                arguments);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    TestHost set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    TestHost withFreeSpace(long bytes) {
        freeSpace = bytes;
        return this;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    /** Write a file below the host's root. */
    Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] bytes) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Return every file and directory, to see that nothing was left behind. */
    List<String> files() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString()).sorted().toList();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Return every file with its content and every directory, to see that nothing was changed. */
    Map<String, String> tree() {
        Map<String, String> tree = new TreeMap<>();
        for (String name : files()) {
            Path file = root.resolve(name);
            try {
                tree.put(
                        name,
                        Files.isRegularFile(file)
                                ? Files.readString(file, StandardCharsets.ISO_8859_1)
                                : Files.getLastModifiedTime(file).toString());
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }
        return tree;
    }

    private void writeImage(String release) {
        String product = "dev.vmtest.images:built:debian:" + release + ":amd64:generic";
        String items = Stream.of("boot-kernel", "boot-initrd", "squashfs")
                .map(ftype -> {
                    String path = "debian/" + release + "/amd64/20260101.1/generic/" + ftype;
                    write("images/" + path, ftype);
                    return """
                            "%s": {"ftype": "%s", "path": "%s", "size": %d, "sha256": "%s"}""".formatted(ftype, ftype, path, ftype.length(), "0".repeat(64));
                })
                .collect(Collectors.joining(","));
        write("images/streams/v1/index.json", """
                {"format": "index:1.0", "index": {"dev.vmtest:images:built": {"datatype": "image-downloads",
                 "format": "products:1.0", "path": "streams/v1/built.json", "products": ["%s"]}}}
                """.formatted(product));
        write("images/streams/v1/built.json", """
                {"content_id": "dev.vmtest:images:built", "datatype": "image-downloads", "format": "products:1.0",
                 "products": {"%s": {"os": "debian", "release": "%s", "version": "12", "arch": "amd64",
                  "subarch": "generic", "versions": {"20260101.1": {"inputs": "none", "items": {%s}}}}}}
                """.formatted(product, release, items));
    }
}
