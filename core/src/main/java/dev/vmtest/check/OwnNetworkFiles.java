package dev.vmtest.check;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.InstallConfig;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Know which files of network settings a configuration itself writes, by its commands or as {@code write_files}: what is
 * in them was asked for, though not by the network section.
 */
final class OwnNetworkFiles {

    private static final Pattern FILE = Pattern.compile("etc/(?:network|netplan|systemd/network)/[A-Za-z0-9._/@-]+");
    private static final Set<String> NOT_ABOUT = Set.of("network", "storage");

    private final Set<String> paths = new LinkedHashSet<>();
    private final StringBuilder texts = new StringBuilder();

    OwnNetworkFiles(InstallConfig config) {
        config.root().entries().forEach((key, entry) -> {
            if (!NOT_ABOUT.contains(key)) {
                collect(entry.value());
            }
        });
    }

    private void collect(Value value) {
        if (value instanceof MapValue map) {
            map.entries().values().forEach(entry -> collect(entry.value()));
        } else if (value instanceof ListValue list) {
            list.items().forEach(this::collect);
        } else if (value instanceof ScalarValue scalar) {
            Matcher file = FILE.matcher(scalar.text());
            while (file.find()) {
                paths.add("/" + file.group());
            }
            texts.append(scalar.text()).append('\n');
        }
    }

    /** Return whether the configuration writes a file. */
    boolean writes(String path) {
        return paths.contains(path);
    }

    /** Return whether the configuration writes such files, and names an address outside its network section. */
    boolean names(String address) {
        return !paths.isEmpty()
                && Pattern.compile("(?<![0-9a-fA-F.:])" + Pattern.quote(address) + "(?![0-9a-fA-F.:])")
                        .matcher(texts)
                        .find();
    }
}
