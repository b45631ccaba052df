package dev.vmtest.testcase;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ConfigMerge;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.ExpectedInstallFailure;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.VmtestSection;
import dev.vmtest.publish.PublishServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Put the layers of a test's configuration together, in the order of the Python harness: proxies, the
 * test, defaults, apt proxy, boot entries, extra configuration, repositories, upgrade, packages,
 * kernel, reporting.
 *
 * <p>Every installer under test gets the same layers, so that the checks judge all of them alike.
 */
public final class ConfigLayers {

    /** The log that the installer reports at its end. */
    public static final String INSTALL_LOG = "/tmp/install.log";

    private static final String LOG_FILE = "log_file";
    private static final String POST_FILES = "post_files";

    private static final String DEFAULTS = "20-defaults.yaml";
    private static final String KERNEL = "80-kernel.yaml";
    private static final String GRUB = "30-grub.yaml";

    /** Stands for the source of what is proposed, except for a release in development. */
    private static final String PROPOSED = "proposed";

    /** Stands for the source of what is proposed, whatever the release. */
    private static final String ALWAYS_PROPOSED = "PROPOSED";

    /** Layers that nobody wrote and that depend on no setting: what a test means that says nothing else, and the kernel that every test checks. */
    private static final Set<String> UNASKED = Set.of(DEFAULTS, GRUB, KERNEL);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConfigAdditions additions;

    ConfigLayers(ConfigAdditions additions) {
        this.additions = additions;
    }

    /**
     * Return the test's own configuration with the extra one over it: what the machine is made for.
     *
     * @param problems takes what is wrong with the extra configuration's file
     */
    MapValue given(MapValue test, Problems problems) {
        Path extra = additions.extraConfig();
        return extra == null ? test : ConfigMerge.merge(List.of(test, ConfigFiles.load(extra, problems)));
    }

    /**
     * Return every layer that is known before the run, first to last.
     *
     * @param test the test's own configuration
     * @param uefi whether the machine boots by UEFI
     * @param release what the release adds
     * @param kernelPackage the kernel package that the test asks for; empty if it asks for none
     */
    List<ConfigLayer> of(MapValue test, boolean uefi, ReleaseLayers release, String kernelPackage) {
        List<ConfigLayer> layers = new ArrayList<>();
        add(layers, "00-proxy.yaml", proxies());
        layers.add(new ConfigLayer("10-test.yaml", forInstaller(test)));
        boolean takesDisk = takesDisk(test);
        if (release.bringsKernel() && !takesDisk) {
            add(layers, DEFAULTS, defaults(test));
        }
        if (additions.aptProxy() != null && !mentions(test.get("apt"), "proxy")) {
            add(layers, "25-apt-proxy.yaml", Map.of("apt_proxy", additions.aptProxy()));
        }
        if (uefi && !takesDisk && !decidesAboutNvram(test)) {
            add(layers, GRUB, Map.of("grub", Map.of("update_nvram", true)));
        }
        Path extra = additions.extraConfig();
        if (extra != null) {
            // Its problems are known since the machine was made for it.
            layers.add(new ConfigLayer("50-extra.yaml", forInstaller(ConfigFiles.load(extra, new Problems()))));
        }
        add(layers, "60-repositories.yaml", repositories(release));
        if (additions.isUpgraded()) {
            add(layers, "65-upgrade.yaml", Map.of("system_upgrade", Map.of("enabled", true)));
        }
        add(layers, "70-packages.yaml", packages());
        if (takesDisk) {
            return List.copyOf(layers);
        }
        if (!kernelPackage.isEmpty()) {
            add(layers, KERNEL, Map.of("kernel", kernel(kernelPackage)));
        } else if (!release.fallbackKernel().isEmpty()) {
            add(layers, KERNEL, Map.of("kernel", Map.of("fallback-package", release.fallbackKernel())));
        }
        return List.copyOf(layers);
    }

    /** Return where the installer logs: where the configuration says, or in a file that every test has. */
    public static String installLog(InstallConfig config) {
        boolean says = config.raw("install")
                .filter(section -> mentions(section, LOG_FILE))
                .isPresent();
        return says ? config.install().logFile() : INSTALL_LOG;
    }

    /** Return the files that the installer reports at its end: its log, and what else the configuration asks for. */
    public static List<String> postFiles(InstallConfig config) {
        Set<String> files = new LinkedHashSet<>(List.of(installLog(config)));
        if (config.raw("install")
                .filter(section -> mentions(section, POST_FILES))
                .isPresent()) {
            files.addAll(config.install().postFiles());
        }
        ExpectedInstallFailure failure = config.vmtest().expectedFailure();
        String archive = config.install().errorTarfile();
        if (failure != null && archive != null && !failure.errorFiles().isEmpty()) {
            files.add(archive);
        }
        return List.copyOf(files);
    }

    /** Return the layer that only a run knows: where the installer logs, and where it reports to. */
    public static ConfigLayer reporting(String events, InstallConfig config) {
        Map<String, Object> maas = new LinkedHashMap<>();
        maas.put("type", "webhook");
        maas.put("level", "DEBUG");
        maas.put("endpoint", events);
        Map<String, Object> content = new LinkedHashMap<>();
        // A map without an order of its own would be written in another one by every JVM.
        Map<String, Object> install = new LinkedHashMap<>();
        install.put(LOG_FILE, installLog(config));
        install.put(POST_FILES, postFiles(config));
        content.put("install", install);
        content.put("reporting", Map.of("maas", maas));
        return layer("90-reporting.yaml", content);
    }

    /** Return all layers in one. */
    public static MapValue merge(List<ConfigLayer> layers) {
        return ConfigMerge.merge(layers.stream().map(ConfigLayer::content).toList());
    }

    /** Return what somebody has asked for: the layers without those that say what every test means. */
    public static MapValue asked(TestCase test) {
        return asked(test.layers(), test.config().root().entries().get(VmtestSection.KEY));
    }

    /** Return what the layers ask for, and the key that only we read, which is in none of them. */
    public static MapValue asked(List<ConfigLayer> layers, MapValue.@Nullable Entry ours) {
        MapValue asked = merge(layers.stream()
                .filter(layer -> !UNASKED.contains(layer.fileName()))
                .toList());
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(asked.entries());
        if (ours != null) {
            entries.put(VmtestSection.KEY, ours);
        }
        return new MapValue(asked.location(), entries);
    }

    /** An installer does not know the key that only we read. */
    private static MapValue forInstaller(MapValue config) {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(config.entries());
        entries.remove(VmtestSection.KEY);
        return new MapValue(config.location(), entries);
    }

    /** Guests reach this host without a proxy. */
    private Map<String, Object> proxies() {
        Map<String, Object> proxy = new LinkedHashMap<>();
        putUnlessEmpty(proxy, "http_proxy", additions.httpProxy());
        putUnlessEmpty(proxy, "https_proxy", additions.httpsProxy());
        if (proxy.isEmpty()) {
            return Map.of();
        }
        String host = PublishServer.USER_NETWORKING_HOST;
        String none = Objects.requireNonNullElse(additions.noProxy(), "");
        boolean isListed = Arrays.asList(none.split(",", -1)).contains(host);
        proxy.put("no_proxy", none.isEmpty() ? host : isListed ? none : none + "," + host);
        return Map.of("proxy", proxy);
    }

    /**
     * Return what every test means unless it says something else: the image has the kernel and the
     * package sources that its system is to have, and the guest may have no network to get others.
     */
    private static Map<String, Object> defaults(MapValue test) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        // The older form of mirrors means that the image's sources change.
        if (!mentions(test.get("apt"), "preserve_sources_list") && test.get("apt_mirrors") == null) {
            defaults.put("apt", Map.of("preserve_sources_list", true));
        }
        if (test.get("kernel") == null) {
            defaults.put("kernel", Map.of("install", false));
        }
        return defaults;
    }

    private Map<String, Object> repositories(ReleaseLayers release) {
        Map<String, Object> sources = new LinkedHashMap<>();
        for (String repository : additions.repositories()) {
            String source = switch (repository) {
                // What is proposed for a release in development is not meant to fit together.
                case PROPOSED -> release.isInDevelopment() ? "" : release.proposed();
                case ALWAYS_PROPOSED -> release.proposed();
                default -> repository;
            };
            if (!source.isEmpty()) {
                sources.put("add_repos_%02d".formatted(sources.size()), Map.of("source", source));
            }
        }
        return sources.isEmpty() ? Map.of() : Map.of("apt", Map.of("sources", sources));
    }

    /** The defaults of an image that has a kernel install no other. */
    private static Map<String, Object> kernel(String name) {
        Map<String, Object> kernel = new LinkedHashMap<>();
        kernel.put("package", name);
        kernel.put("install", true);
        return kernel;
    }

    private Map<String, Object> packages() {
        if (additions.upgradePackages().isEmpty()) {
            return Map.of();
        }
        List<String> command = new ArrayList<>(List.of("curtin", "in-target", "--", "apt-get", "install", "--yes"));
        command.addAll(additions.upgradePackages());
        return Map.of("late_commands", Map.of("install_pkg_00", command));
    }

    /** A whole disk has its own kernel, boot loader and package sources, of which nothing else is meant. */
    private static boolean takesDisk(MapValue test) {
        return InstallConfig.read(test, new Problems()).installsDisk();
    }

    private static boolean decidesAboutNvram(MapValue test) {
        return mentions(test.get("grub"), "update_nvram") || mentions(test.get("boot"), "update_nvram");
    }

    private static boolean mentions(@Nullable Value section, String key) {
        return section instanceof MapValue map && map.get(key) != null;
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            map.put(key, value);
        }
    }

    private static void add(List<ConfigLayer> layers, String fileName, Map<String, Object> content) {
        if (!content.isEmpty()) {
            layers.add(layer(fileName, content));
        }
    }

    /** JSON is YAML; values get places in it that messages can name. */
    private static ConfigLayer layer(String fileName, Map<String, Object> content) {
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content);
        Problems problems = new Problems();
        MapValue parsed = ConfigFiles.parse(fileName, text, problems);
        problems.throwIfAny();
        return new ConfigLayer(fileName, parsed);
    }
}
