package dev.vmtest.apt;

import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import dev.vmtest.config.ScalarValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold what a configuration says about packages' sources, in its section {@code apt} and in the older keys beside it.
 *
 * @param location where the section begins, or the first of the older keys
 * @param preservesSources whether the file with the release's own sources stays as the image has it
 * @param preservesLocation where that is said, or where the section begins
 * @param primary mirrors of the release's archive
 * @param security mirrors of its security archive; without one for an architecture, the primary one serves
 * @param sourcesList a template of the file with the release's own sources, or null to change the one that is there
 * @param disabledSuites suites that the file is not to have, or words that stand for those of the release
 * @param disabledComponents components that the file is not to have; {@code main} stays
 * @param sources entries with files of their own, in the order in which they stand
 * @param conf text of a file of settings, or null
 * @param preferences what apt prefers
 * @param debconf answers to packages' questions
 * @param proxies through which apt fetches; of two for one scheme the later counts
 */
public record AptConfig(
        Location location,
        boolean preservesSources,
        Location preservesLocation,
        List<AptMirror> primary,
        List<AptMirror> security,
        @Nullable ScalarValue sourcesList,
        List<Placed<String>> disabledSuites,
        List<Placed<String>> disabledComponents,
        List<AptSource> sources,
        @Nullable Placed<String> conf,
        List<AptPreference> preferences,
        List<DebconfAnswers> debconf,
        List<AptProxy> proxies) {

    /** The section's key. */
    public static final String KEY = "apt";

    /** Where a release's own sources stand. */
    public static final String SOURCES_LIST = "/etc/apt/sources.list";

    /** Where Ubuntu's own sources stand since they are paragraphs. */
    public static final String UBUNTU_SOURCES = "/etc/apt/sources.list.d/ubuntu.sources";

    /** What is added to the name of the file that was there before. */
    public static final String ORIGINAL = ".curtin.orig";

    /** Where settings are written. */
    public static final String CONF_FILE = "/etc/apt/apt.conf.d/94curtin-config";

    /** Where the installed system's cloud-init is told to leave the sources alone. */
    public static final String PRESERVED_FILE = "/etc/cloud/cloud.cfg.d/curtin-preserve-sources.cfg";

    public AptConfig {
        primary = List.copyOf(primary);
        security = List.copyOf(security);
        disabledSuites = List.copyOf(disabledSuites);
        disabledComponents = List.copyOf(disabledComponents);
        sources = List.copyOf(sources);
        preferences = List.copyOf(preferences);
        debconf = List.copyOf(debconf);
        proxies = List.copyOf(proxies);
    }

    /** Return whether all stays as the image has it. */
    public boolean changesNothing() {
        return preservesSources
                && sources.isEmpty()
                && conf == null
                && preferences.isEmpty()
                && debconf.isEmpty()
                && proxies.isEmpty();
    }

    /** Return whether a component is never disabled. */
    public static boolean staysEnabled(String component) {
        return component.equals("main");
    }
}
