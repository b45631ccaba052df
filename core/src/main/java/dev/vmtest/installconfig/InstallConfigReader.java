package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Suggestion;
import dev.vmtest.config.Value;
import dev.vmtest.network.NetworkReader;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.Sizes;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageReader;
import dev.vmtest.storage.StorageSizes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Read the top-level keys of a configuration (curtin's documentation, "Configuration"). */
final class InstallConfigReader {

    /** Keys whose value is handed on as it is. */
    private static final String[] PASSED_ON = {
        "apt", "apt_mirrors", "block-meta", "curthooks", "debconf_selections", "disable_overlayroot",
                "kernel-crash-dumps",
        "kexec", "multipath", "pollinate", "restore_dist_interfaces", "showtrace", "stages", "system_upgrade",
        "verbosity"
    };

    private final MapReader root;
    private final Problems problems;

    InstallConfigReader(MapValue root, Problems problems) {
        this.root = new MapReader(root, "configuration", problems);
        this.problems = problems;
    }

    InstallConfig read() {
        root.accept("storage", "network");
        root.accept(PASSED_ON);
        Map<Stage, StageCommands> commands = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            commands.put(stage, stageCommands(stage));
        }
        String aptProxy = root.text("apt_proxy");
        InstallConfig config = new InstallConfig(
                root.source(),
                StorageReader.read(root.source(), problems),
                NetworkReader.read(root.source(), problems),
                commands,
                files("write_files"),
                files("cloudconfig"),
                swap(),
                grub(),
                kernel(),
                install(),
                reporting(),
                powerState(),
                proxy(),
                aptProxy == null || aptProxy.isEmpty() ? null : aptProxy,
                sources(),
                new VmtestReader(problems).read(root));
        checkDisks(config);
        KeptFileRules.check(config.storage(), config.vmtest().keptFiles(), problems);
        Set<Value> used = Collections.newSetFromMap(new IdentityHashMap<>());
        root.knownValues().forEach(value -> collect(value, used));
        root.refuseUnknown(key -> isPlaceholder(key) || isAnchorHome(key, used));
        return config;
    }

    /** Hold the layout against the disks whose size the vmtest key gives. */
    private void checkDisks(InstallConfig config) {
        StorageConfig storage = config.storage();
        Map<String, Long> sizes = new HashMap<>();
        List<Disk> disks = storage == null ? List.of() : storage.all(Disk.class);
        List<String> ids = disks.stream().map(Disk::id).toList();
        for (DiskOverride override : config.vmtest().disks()) {
            String id = override.id();
            if (storage != null && id != null && !ids.contains(id)) {
                problems.add(
                        override.location(),
                        "vmtest: no disk action has the id '" + id + "'",
                        Suggestion.didYouMean(id, ids));
            }
            Long size = override.size();
            if (size != null) {
                disks.stream().filter(override::describes).forEach(disk -> sizes.put(disk.id(), size));
            }
        }
        // References that form a circle are reported already, and nothing can be reckoned along them.
        if (storage != null && problems.isEmpty()) {
            StorageSizes.check(storage, sizes, problems);
        }
    }

    /** Keys that configurations use as the home of YAML anchors, or to be non-empty. */
    private static boolean isPlaceholder(String key) {
        return key.startsWith("_")
                || key.startsWith("placeholder")
                || key.startsWith("-placeholder")
                || key.equals("bucket");
    }

    /** Return whether an alias under a known key leads to something under this one. */
    private boolean isAnchorHome(String key, Set<Value> used) {
        Set<Value> own = Collections.newSetFromMap(new IdentityHashMap<>());
        Value value = root.source().get(key);
        if (value != null) {
            collect(value, own);
        }
        return own.stream().anyMatch(used::contains);
    }

    private static void collect(Value value, Set<Value> into) {
        if (!into.add(value)) {
            return;
        }
        if (value instanceof MapValue map) {
            map.entries().values().forEach(entry -> collect(entry.value(), into));
        } else if (value instanceof ListValue list) {
            list.items().forEach(item -> collect(item, into));
        }
    }

    private MapReader section(String key) {
        MapValue map = root.map(key);
        return new MapReader(map == null ? new MapValue(root.source().location(), Map.of()) : map, key, problems);
    }

    private StageCommands stageCommands(Stage stage) {
        MapValue map = root.map(stage.key());
        if (map == null) {
            return StageCommands.NONE;
        }
        Map<String, StageCommand> commands = new TreeMap<>();
        Map<String, Location> removed = new LinkedHashMap<>();
        MapReader reader = new MapReader(map, stage.key(), problems);
        map.entries().forEach((name, entry) -> {
            Value value = entry.value();
            if (value instanceof ScalarValue scalar && scalar.value() == null) {
                removed.put(name, entry.keyLocation());
            } else if (value instanceof ListValue) {
                List<String> argv = reader.texts(name);
                if (argv.isEmpty()) {
                    reader.problem(name, "command '" + name + "' is empty", "write its words, or null to remove it");
                }
                commands.put(name, new StageCommand(entry.keyLocation(), name, argv, false));
            } else if (value instanceof ScalarValue scalar && scalar.value() instanceof String line) {
                commands.put(name, new StageCommand(entry.keyLocation(), name, List.of(line), true));
            } else {
                reader.problem(
                        name,
                        "command '" + name + "' must be a list of words or a line of shell, not " + value.describe(),
                        "");
            }
        });
        return new StageCommands(new ArrayList<>(commands.values()), removed);
    }

    private List<WriteFile> files(String key) {
        MapValue map = root.map(key);
        List<WriteFile> files = new ArrayList<>();
        if (map != null) {
            map.entries().forEach((name, entry) -> {
                if (entry.value() instanceof MapValue file) {
                    files.add(file(name, new MapReader(file, key + " '" + name + "'", problems)));
                } else {
                    problems.add(
                            entry.value().location(),
                            key + " '" + name + "' must be a mapping, not "
                                    + entry.value().describe(),
                            "give it 'path:' and 'content:'");
                }
            });
        }
        return List.copyOf(files);
    }

    private static WriteFile file(String name, MapReader reader) {
        String path = reader.requiredText("path");
        if (List.of(path.split("/")).contains("..")) {
            reader.problem("path", "'path' must not contain '..'", "");
        }
        String permissions =
                reader.matching("permissions", text -> text.matches("(0o?)?[0-7]{3,4}"), "octal digits such as '0644'");
        String content = reader.text("content");
        WriteFile file = new WriteFile(
                reader.source().location(),
                name,
                path.startsWith("/") ? path : "/" + path,
                content == null ? "" : content,
                permissions == null ? "0644" : permissions.replace("o", ""),
                reader.matching("owner", text -> text.matches("[^:\\s/]+(:[^:\\s/]+)?"), "user:group"));
        reader.refuseUnknown();
        return file;
    }

    private @Nullable SwapConfig swap() {
        if (!root.has("swap")) {
            return null;
        }
        MapReader reader = section("swap");
        SwapConfig swap = new SwapConfig(
                reader.source().location(),
                reader.matching("filename", text -> text.startsWith("/"), "an absolute path"),
                sizeOrAuto(reader, "size"),
                sizeOrAuto(reader, "maxsize"),
                reader.bool("force", false));
        reader.refuseUnknown();
        return swap;
    }

    private static @Nullable Long sizeOrAuto(MapReader reader, String key) {
        return "auto".equals(reader.value(key) instanceof ScalarValue scalar ? scalar.text() : null)
                ? null
                : Sizes.read(reader, key, 0);
    }

    private GrubConfig grub() {
        boolean both = root.has("grub") && root.has("boot");
        if (both) {
            root.problem("grub", "'grub' is the old name of 'boot'", "keep one of them");
        }
        root.accept("grub", "boot");
        MapReader reader = section(root.has("boot") ? "boot" : "grub");
        List<String> loaders = reader.texts("bootloaders");
        for (String loader : loaders) {
            if (!loader.equals("grub") && !loader.equals("extlinux")) {
                reader.problem("bootloaders", "unknown boot loader '" + loader + "'", "use grub or extlinux");
            }
        }
        String terminal = reader.text("terminal");
        GrubConfig grub = new GrubConfig(
                reader.source().location(),
                loaders.isEmpty() ? List.of("grub") : List.copyOf(loaders),
                installDevices(reader),
                reader.bool("update_nvram", true),
                terminal == null ? "console" : terminal,
                reader.bool("replace_linux_default", true),
                reader.bool("probe_additional_os", false),
                reader.bool("reorder_uefi", true),
                reader.bool("reorder_uefi_force_fallback", false),
                reader.bool("remove_duplicate_entries", true));
        reader.refuseUnknown();
        return grub;
    }

    private static @Nullable List<String> installDevices(MapReader reader) {
        if (!reader.has("install_devices")) {
            return null;
        }
        List<String> devices = reader.textOrTexts("install_devices");
        return devices.equals(List.of("none")) ? List.of() : List.copyOf(devices);
    }

    private KernelConfig kernel() {
        MapReader reader = section("kernel");
        boolean existing = reader.value("remove") instanceof ScalarValue scalar
                && scalar.text().equals("existing");
        KernelConfig kernel = new KernelConfig(
                reader.source().location(),
                reader.text("package"),
                reader.text("fallback-package"),
                reader.bool("install", true),
                existing ? List.of() : List.copyOf(reader.texts("remove")),
                existing);
        reader.accept("mapping", "flavor", "remove_existing");
        reader.refuseUnknown();
        return kernel;
    }

    private InstallSection install() {
        MapReader reader = section("install");
        String log = reader.text("log_file");
        String logFile = log == null ? "/var/log/curtin/install.log" : log;
        String unmount = reader.text("unmount");
        InstallSection install = new InstallSection(
                reader.source().location(),
                logFile,
                reader.bool("log_file_append", false),
                reader.has("post_files") ? List.copyOf(reader.texts("post_files")) : List.of(logFile),
                optional(reader, "save_install_config", "/root/curtin-install-cfg.yaml"),
                optional(reader, "save_install_log", "/root/curtin-install.log"),
                optional(reader, "error_tarfile", "/var/log/curtin/curtin-error-logs.tar"),
                reader.text("target"),
                !"disabled".equals(unmount));
        reader.accept("save_install_logs", "resume_data", "extra_rsync_args");
        reader.refuseUnknown();
        return install;
    }

    /** Return a path, its default when absent, or null when it is null or false. */
    private static @Nullable String optional(MapReader reader, String key, String absent) {
        reader.accept(key);
        Value value = reader.source().get(key);
        if (value == null) {
            return absent;
        }
        boolean off =
                value instanceof ScalarValue scalar && (scalar.value() == null || Boolean.FALSE.equals(scalar.value()));
        return off ? null : reader.text(key);
    }

    private List<ReportingEndpoint> reporting() {
        MapValue map = root.map("reporting");
        List<ReportingEndpoint> endpoints = new ArrayList<>();
        if (map != null) {
            map.entries().forEach((name, entry) -> {
                if (entry.value() instanceof MapValue endpoint) {
                    endpoints.add(endpoint(name, new MapReader(endpoint, "reporting '" + name + "'", problems)));
                } else if (!(entry.value() instanceof ScalarValue scalar && scalar.value() == null)) {
                    problems.add(
                            entry.value().location(),
                            "reporting '" + name + "' must be a mapping, not "
                                    + entry.value().describe());
                }
            });
        }
        return List.copyOf(endpoints);
    }

    private static ReportingEndpoint endpoint(String name, MapReader reader) {
        if (!reader.has("type")) {
            reader.missing("type");
        }
        Map<String, String> types = new LinkedHashMap<>();
        List.of("webhook", "print", "log", "journald").forEach(type -> types.put(type, type));
        String type = reader.choice("type", types);
        String url = reader.text("endpoint");
        if ("webhook".equals(type) && url == null) {
            reader.missing("endpoint");
        }
        ReportingEndpoint endpoint = new ReportingEndpoint(
                reader.source().location(), name, type == null ? "log" : type, url, reader.text("level"));
        reader.accept(
                "consumer_key", "consumer_secret", "token_key", "token_secret", "identifier", "timeout", "retries");
        reader.refuseUnknown();
        return endpoint;
    }

    private @Nullable PowerState powerState() {
        if (!root.has("power_state")) {
            return null;
        }
        MapReader reader = section("power_state");
        Map<String, String> modes = new LinkedHashMap<>();
        List.of("halt", "poweroff", "reboot").forEach(mode -> modes.put(mode, mode));
        if (!reader.has("mode")) {
            reader.missing("mode");
        }
        String mode = reader.choice("mode", modes);
        PowerState state = new PowerState(
                reader.source().location(),
                mode == null ? "poweroff" : mode,
                reader.text("delay"),
                reader.text("message"));
        reader.accept("condition", "timeout");
        reader.refuseUnknown();
        return state;
    }

    private ProxyConfig proxy() {
        MapReader reader = section("proxy");
        String http = reader.text("http_proxy");
        String legacy = root.text("http_proxy");
        List<String> none = reader.textOrTexts("no_proxy");
        ProxyConfig proxy = new ProxyConfig(
                http == null ? legacy : http,
                reader.text("https_proxy"),
                none.isEmpty() ? null : String.join(",", none));
        reader.refuseUnknown();
        return proxy;
    }

    private List<InstallSource> sources() {
        Value value = root.value("sources");
        List<InstallSource> sources = new ArrayList<>();
        if (value instanceof MapValue map) {
            map.entries().forEach((name, entry) -> addSource(sources, name, entry.value()));
        } else if (value instanceof ListValue list) {
            for (int index = 0; index < list.items().size(); index++) {
                addSource(sources, Integer.toString(index), list.items().get(index));
            }
        } else if (value != null) {
            root.problem("sources", "'sources' must be a list or a mapping, not " + value.describe(), "");
        }
        return List.copyOf(sources);
    }

    private void addSource(List<InstallSource> sources, String name, Value value) {
        if (value instanceof ScalarValue scalar && scalar.value() instanceof String uri) {
            sources.add(new InstallSource(value.location(), name, null, uri));
        } else if (value instanceof MapValue map) {
            MapReader reader = new MapReader(map, "source '" + name + "'", problems);
            sources.add(new InstallSource(value.location(), name, reader.text("type"), reader.requiredText("uri")));
            reader.refuseUnknown();
        } else {
            problems.add(value.location(), "source '" + name + "' must be a URI, not " + value.describe());
        }
    }
}
