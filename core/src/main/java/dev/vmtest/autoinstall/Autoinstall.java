package dev.vmtest.autoinstall;

import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import java.util.Set;

/**
 * Turn an autoinstall file into the configuration that the rest of vmtest reads.
 *
 * <p>Such a file has its settings below a key {@code autoinstall}, as user-data of cloud-init has, or at its top, as
 * the file {@code autoinstall.yaml} of install media may. What each section means is in subiquity's documentation,
 * "Autoinstall configuration reference manual".
 */
public final class Autoinstall {

    /** The key below which user-data has the settings. */
    static final String KEY = "autoinstall";

    /** Keys that no configuration of curtin has, so that a file without {@code autoinstall:} is told by them. */
    private static final Set<String> TELLING = Set.of(
            "version",
            "identity",
            "early-commands",
            "late-commands",
            "interactive-sections",
            "refresh-installer",
            "user-data");

    private Autoinstall() {}

    /** Return whether a file is an autoinstall file. */
    public static boolean isAutoinstall(MapValue root) {
        return root.get(KEY) != null || root.entries().keySet().stream().anyMatch(TELLING::contains);
    }

    /**
     * Return the install configuration that a file stands for: what an autoinstall file becomes, or the file itself if
     * it is none.
     *
     * @param problems takes what is wrong with it
     */
    public static MapValue toInstallConfig(MapValue root, Problems problems) {
        return isAutoinstall(root) ? AutoinstallReader.read(root, problems) : root;
    }
}
