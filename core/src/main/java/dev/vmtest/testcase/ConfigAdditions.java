package dev.vmtest.testcase;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold what the environment adds to the configuration of every test.
 *
 * @param httpProxy the proxy for http that the installer is told, or null
 * @param httpsProxy the proxy for https that the installer is told, or null
 * @param noProxy hosts that need no proxy, separated by commas, or null
 * @param aptProxy the proxy for packages, or null
 * @param extraConfig one more configuration, or null
 * @param repositories package sources that the installed system gets
 * @param isUpgraded whether the installed system is upgraded
 * @param upgradePackages packages that a late command installs
 */
public record ConfigAdditions(
        @Nullable String httpProxy,
        @Nullable String httpsProxy,
        @Nullable String noProxy,
        @Nullable String aptProxy,
        @Nullable Path extraConfig,
        List<String> repositories,
        boolean isUpgraded,
        List<String> upgradePackages) {

    /** Add nothing. */
    public static final ConfigAdditions NONE =
            new ConfigAdditions(null, null, null, null, null, List.of(), false, List.of());

    public ConfigAdditions {
        repositories = List.copyOf(repositories);
        upgradePackages = List.copyOf(upgradePackages);
    }

    /** Return the same with another proxy for packages. */
    public ConfigAdditions withAptProxy(@Nullable String other) {
        return new ConfigAdditions(
                httpProxy, httpsProxy, noProxy, other, extraConfig, repositories, isUpgraded, upgradePackages);
    }
}
