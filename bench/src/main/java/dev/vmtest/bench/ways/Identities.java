package dev.vmtest.bench.ways;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Replace the identities that an install draws anew each time by what they belong to, so that a reference to the wrong
 * thing is still a difference.
 */
final class Identities {

    /** What the kernel and its tools know of each block device: blocks that begin with the device's name. */
    private static final String PROBE = "facts/blkid-probe";

    private static final String DEVICE = "DEVNAME=";
    private static final Pattern IDENTITY = Pattern.compile("([A-Z_]*UUID[A-Z_]*)=(.{4,})");

    /** Partition types are the same on every disk. */
    private static final Pattern CONSTANT = Pattern.compile(".*_TYPE");

    private final Map<String, String> owners;

    private Identities(Map<String, String> owners) {
        this.owners = owners;
    }

    /**
     * Read what one installed system says.
     *
     * @param deviceNames names devices whose names are drawn anew too
     * @throws IOException if it can't be read
     */
    static Identities of(Path collected, DeviceNames deviceNames) throws IOException {
        Map<String, String> owners = new HashMap<>();
        Path probe = collected.resolve(PROBE);
        List<String> lines = Files.exists(probe) ? Files.readAllLines(probe, StandardCharsets.ISO_8859_1) : List.of();
        String device = "";
        for (String line : lines) {
            if (line.startsWith(DEVICE)) {
                device = deviceNames.replaceIn(PROBE, line.substring(DEVICE.length()));
                continue;
            }
            var identity = IDENTITY.matcher(line);
            if (identity.matches() && !CONSTANT.matcher(identity.group(1)).matches()) {
                owners.putIfAbsent(identity.group(2), "<" + device + " " + identity.group(1) + ">");
            }
        }
        return new Identities(owners);
    }

    /** Return the text with each identity replaced; the longest first, for one may hold another. */
    String replaceIn(String text) {
        String replaced = text;
        for (String identity : owners.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList()) {
            replaced = replaced.replace(identity, owners.getOrDefault(identity, identity));
        }
        return replaced;
    }
}
