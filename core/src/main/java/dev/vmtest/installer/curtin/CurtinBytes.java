package dev.vmtest.installer.curtin;

import dev.vmtest.digest.Sha256;
import dev.vmtest.installer.InstallerException;
import dev.vmtest.process.ProgramSearch;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Know the files of which a curtin packs itself: its program, and the Python package and helpers beside it or where
 * Debian's package has them. A pack itself tells nothing, for it holds the times of its files.
 *
 * @param command the command line that starts it, as the hash is over its words where they are no files
 * @param files the files by the names that they have in any checkout
 */
record CurtinBytes(String command, Map<String, Path> files) {

    private static final Path INSTALLED = Path.of("/usr/lib/python3/dist-packages");
    private static final Path HELPERS = Path.of("/usr/lib/curtin/helpers");

    /** What {@code pack} takes along: the package, its helpers, and probert where the host has it. */
    private static final List<String> TREES = List.of("curtin", "helpers", "probert");

    static CurtinBytes of(String command) {
        Map<String, Path> files = new TreeMap<>();
        List<String> plain = new ArrayList<>();
        try {
            for (String word : command.strip().split("\\s+", -1)) {
                Optional<Path> program = program(word);
                if (program.isEmpty()) {
                    plain.add(word);
                    continue;
                }
                String name = String.valueOf(program.get().getFileName());
                plain.add(name);
                files.put("bin/" + name, program.get());
                addTrees(program.get().toRealPath(), files);
            }
        } catch (IOException unreadable) {
            throw new InstallerException(
                    "the files of '" + command + "' cannot be read: " + PlainTrouble.of(unreadable), unreadable);
        }
        return new CurtinBytes(String.join(" ", plain), files);
    }

    /** The words of a shell's command line are no more than guessed at: what is no file counts as it is written. */
    private static Optional<Path> program(String word) {
        String bare = word.replaceAll("^['\"]|['\"]$", "");
        if (bare.contains("/")) {
            return Optional.of(Path.of(bare)).filter(Files::isRegularFile);
        }
        return bare.contains("curtin") ? ProgramSearch.find(bare) : Optional.empty();
    }

    private static void addTrees(Path program, Map<String, Path> files) throws IOException {
        Path bin = program.getParent();
        Path checkout = bin == null ? null : bin.getParent();
        boolean isCheckout = checkout != null && Files.isDirectory(checkout.resolve("curtin"));
        for (String tree : TREES) {
            Path beside = checkout == null ? Path.of(tree) : checkout.resolve(tree);
            Path installed = tree.equals("helpers") ? HELPERS : INSTALLED.resolve(tree);
            Path root = isCheckout && Files.isDirectory(beside) ? beside : installed;
            add(tree, root, files);
        }
    }

    private static void add(String name, Path root, Map<String, Path> files) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("__pycache__"))
                    .forEach(file -> files.put(name + "/" + root.relativize(file), file));
        }
    }

    /** Return the hash over all of it. */
    String hash() {
        Sha256 all = new Sha256().add(command);
        files.forEach((name, file) -> {
            try {
                var unused = all.add(name).add(Files.readAllBytes(file));
            } catch (IOException unreadable) {
                throw new InstallerException(
                        "the installer's file cannot be read: " + PlainTrouble.of(unreadable, file), unreadable);
            }
        });
        return all.hex();
    }
}
