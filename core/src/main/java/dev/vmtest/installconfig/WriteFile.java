package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.secret.Secret;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Describe a file that the installer writes into the target.
 *
 * @param name the key of the entry
 * @param path absolute path in the target
 * @param content a secret whoever may read the file: a password is often written with the usual permissions
 * @param permissions octal digits such as {@code 0644}
 * @param owner {@code user:group}, or null for root
 */
public record WriteFile(
        Location location,
        String name,
        String path,
        Secret content,
        String permissions,
        @Nullable String owner) {

    /** Return whether only the owner may read it, so that its content may be a secret. */
    public boolean isPrivate() {
        return (Integer.parseInt(permissions, 8) & 0077) == 0;
    }

    /** Read the files that are written where they say ({@code write_files}). */
    static List<WriteFile> readAll(MapReader root) {
        return readAll(root, "write_files", WriteFile::writtenPath);
    }

    /**
     * Read the files of cloud-init ({@code cloudconfig}), whose place follows from their name; a path that is written is
     * read by no installer (curtin/commands/curthooks.py).
     */
    static List<WriteFile> readCloudConfig(MapReader root) {
        return readAll(root, "cloudconfig", (name, reader) -> {
            String path = "/etc/cloud/cloud.cfg.d/95-cloudconfig-" + name + ".cfg";
            if (name.contains("/")) {
                reader.problems()
                        .add(
                                reader.source().location(),
                                reader.subject() + ": a name with a slash can't name a file",
                                "take another name");
            }
            String written = reader.text("path");
            if (written != null && !written.equals(path)) {
                reader.problems()
                        .warn(
                                reader.at("path"),
                                reader.subject() + ": 'path' is not read: the file is " + path,
                                "take it out, or use write_files");
            }
            return path;
        });
    }

    private static List<WriteFile> readAll(MapReader root, String key, BiFunction<String, MapReader, String> path) {
        MapValue map = root.map(key);
        List<WriteFile> files = new ArrayList<>();
        if (map != null) {
            map.entries().forEach((name, entry) -> {
                if (entry.value() instanceof MapValue file) {
                    MapReader reader = root.within(file, key + " '" + name + "'");
                    files.add(read(name, reader, path.apply(name, reader)));
                } else {
                    root.problems()
                            .add(
                                    entry.value().location(),
                                    key + " '" + name + "' must be a mapping, not "
                                            + entry.value().describe(),
                                    "give it " + (key.equals("write_files") ? "'path:' and " : "") + "'content:'");
                }
            });
        }
        return List.copyOf(files);
    }

    private static String writtenPath(String name, MapReader reader) {
        String path = reader.requiredText("path");
        if (List.of(path.split("/")).contains("..")) {
            reader.problem("path", "'path' must not contain '..'", "");
        }
        return path;
    }

    private static WriteFile read(String name, MapReader reader, String path) {
        String permissions = permissions(reader, reader.has("permissions") ? "permissions" : "perms");
        Secret content = reader.secret("content");
        WriteFile file = new WriteFile(
                reader.source().location(),
                name,
                path.startsWith("/") ? path : "/" + path,
                content == null ? new Secret("") : content,
                permissions == null ? "0644" : permissions,
                reader.matching("owner", text -> text.matches("[^:\\s/]+(:[^:\\s/]+)?"), "user:group"));
        // Its older name, which curtin's code reads and its page does not name; the newer one wins.
        reader.accept("perms");
        reader.refuseUnknown();
        return file;
    }

    private static boolean isOctal(String text) {
        return text.matches("(0o?)?[0-7]{3,4}");
    }

    /** Curtin takes a number for the mode itself, so that {@code 0644}, which YAML 1.1 reads by eights, is right. */
    private static @Nullable String permissions(MapReader reader, String key) {
        boolean isMode = reader.value(key) instanceof ScalarValue scalar
                && scalar.value() instanceof BigInteger number
                && isOctal(scalar.text())
                && number.equals(new BigInteger(scalar.text(), 8));
        String text =
                isMode ? reader.written(key) : reader.matching(key, WriteFile::isOctal, "octal digits such as '0644'");
        return text == null ? null : text.replace("o", "");
    }
}
