package dev.vmtest.check;

import static dev.vmtest.check.KeyClaim.checked;
import static dev.vmtest.check.KeyClaim.checkedWithin;
import static dev.vmtest.check.KeyClaim.noEffect;
import static dev.vmtest.check.KeyClaim.notJudged;

import dev.vmtest.config.ConfigText;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.InstallSource;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.GrubDevices;
import dev.vmtest.storage.StorageConfig;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * List who judges each key of a configuration. Who writes checks for a section moves its row from those that are not
 * judged to those that are checked; nothing else says so.
 */
final class KeyClaims {

    /** All claims; the row that names a key most closely speaks of it, of two such rows the earlier one. */
    static final List<KeyClaim> ALL = List.of(
            // What checks hold.
            checkedWithin("", "storage"),
            // All checks of an action rest on these.
            checked("", "storage.config.*.id", "storage.config.*.type"),
            checked("", "storage.config.*.device", "storage.config.*.volume"),
            checked("", "storage.config.*.wipe"),
            noEffect(
                            "partitions lie where their order and sizes put them, or where they were",
                            "storage.config.*.offset")
                    .where((value, config) -> isFirstVersion(config)),
            noEffect("it is so without it", "storage.config.*.preserve").where((value, config) -> isFalse(value)),
            checked("kept file ", "storage.config.*.preserve")
                    .where((value, config) ->
                            !isFalse(value) && !config.vmtest().keptFiles().isEmpty()),
            checked("", "storage.config.*.preserve", "storage.config.*.resize")
                    .where((value, config) -> !isFalse(value)),
            noEffect("an empty label is none", "storage.config.*.label").where((value, config) -> isEmpty(value)),
            checkedWithin("", "partitioning_commands.*").where((value, config) -> isTheWorkOf("block-meta", value)),
            // The automatic layout's actions have their places there.
            checkedWithin("", "block-meta.format", "block-meta.boot-partition"),
            checkedWithin("", "network"),
            checkedWithin("network: ", "network_commands.*").where((value, config) -> isTheWorkOf("net-meta", value)),
            checked("command ", "early_commands.*", "partitioning_commands.*", "network_commands.*"),
            checked("command ", "extract_commands.*", "curthooks_commands.*", "hook_commands.*", "late_commands.*"),
            // Those of a stage of one's own.
            checked("command ", "*_commands.*"),
            checked("disk ", "grub_install_devices", "grub.install_devices", "boot.install_devices")
                    .where(KeyClaims::areKnownDisks),
            checked("disk ", "grub.bootloaders", "boot.bootloaders").where(KeyClaims::isGrubAlone),
            checked("boot loader: terminal", "grub.terminal", "boot.terminal"),
            checked("boot loader: search", "grub.probe_additional_os", "boot.probe_additional_os"),
            checked("boot loader: kernel arguments", "grub.replace_linux_default", "boot.replace_linux_default"),
            checked("boot loader: firmware entry", "grub.update_nvram", "boot.update_nvram"),
            checked("boot loader: firmware order", "grub.reorder_uefi", "boot.reorder_uefi"),
            checked(
                    "boot loader: firmware order",
                    "grub.reorder_uefi_force_fallback",
                    "boot.reorder_uefi_force_fallback"),
            checked("boot loader: firmware entries", "grub.remove_duplicate_entries", "boot.remove_duplicate_entries"),
            checked("boot loader: no earlier firmware", "grub.remove_old_uefi_loaders", "boot.remove_old_uefi_loaders"),
            checked("kernel: package", "kernel.package"),
            checked("kernel: ", "kernel.fallback_package")
                    .where((value, config) ->
                            config.kernel().install() && config.kernel().packageName() == null),
            noEffect("it is for where no package is named", "kernel.fallback_package")
                    .where((value, config) ->
                            !config.kernel().install() || config.kernel().packageName() != null),
            checkedWithin("kernel: ", "kernel.mapping")
                    .where((value, config) ->
                            config.kernel().install() && config.kernel().packageName() == null),
            noEffect("it is for where no package is named", "kernel.mapping"),
            checked("kernel: ", "kernel.remove").where((value, config) -> value instanceof ListValue),
            checked("kernel: ", "kernel.remove")
                    .where((value, config) -> config.kernel().removeExisting()),
            checkedWithin("pollinate: ", "pollinate.user_agent"),
            checked("extra_rsync_args ", "install.extra_rsync_args")
                    .where((value, config) ->
                            config.install().extraRsyncArguments().stream().allMatch(SwitchChecks::isPlainExclusion)),
            checked("system_upgrade: ", "system_upgrade.enabled").where((value, config) -> SwitchChecks.isTrue(value)),
            noEffect("packages stay as they are", "system_upgrade.enabled")
                    .where((value, config) -> !SwitchChecks.isTrue(value)),
            checked("kernel-crash-dumps", "kernel-crash-dumps.enabled"),
            noEffect("no installer reads it", "kernel.flavor", "kernel.remove_existing", "install.save_install_logs"),
            checked("multipath: package", "multipath.mode").where((value, config) -> SwitchChecks.isForced(value)),
            noEffect("disks with several paths have checks of their own", "multipath.mode")
                    .where((value, config) -> !SwitchChecks.isForced(value)),
            checked("overlayroot: off", "disable_overlayroot").where((value, config) -> SwitchChecks.isTrue(value)),
            checked("installed kernel package", "kernel.install", "vmtest.target_kernel_package"),
            checked("network: renderer", "vmtest.renderer"),
            checked("swap file", "swap", "swap.filename", "swap.size", "swap.maxsize"),
            checked("write_files ", "write_files.*.path", "write_files.*.content"),
            checked("write_files ", "write_files.*.permissions", "write_files.*.perms", "write_files.*.owner"),
            checked("cloudconfig ", "cloudconfig.*.content", "cloudconfig.*.permissions", "cloudconfig.*.perms"),
            checked("cloudconfig ", "cloudconfig.*.owner"),
            noEffect("the file's place follows from its name, which is said", "cloudconfig.*.path"),
            checked("apt: sources ", "apt.preserve_sources_list").where((value, config) -> changesApt(config)),
            noEffect(
                    "it is so without it, and nothing else in the section changes anything",
                    "apt.preserve_sources_list"),
            checkedWithin("apt: primary mirror ", "apt.primary", "apt_mirrors.ubuntu_archive"),
            checkedWithin("apt: security mirror ", "apt.security", "apt_mirrors.ubuntu_security"),
            checked("apt sources_list: ", "apt.sources_list"),
            checkedWithin("apt: no suite ", "apt.disable_suites"),
            checkedWithin("apt: no component ", "apt.disable_components"),
            checked("apt source ", "apt.sources.*.source", "apt.sources.*.filename"),
            checked("apt source ", "apt.sources.*.key", "apt.sources.*.keyid"),
            noEffect("whom curtin asks for the key, which is what is judged", "apt.sources.*.keyserver"),
            checked("apt: conf", "apt.conf"),
            checkedWithin("apt preference: ", "apt.preferences"),
            checked("apt proxy: ", "apt.proxy", "apt.http_proxy", "apt_proxy"),
            checked("apt proxy: ", "apt.https_proxy", "apt.ftp_proxy"),
            checkedWithin("debconf ", "apt.debconf_selections", "debconf_selections"),
            noEffect("nothing is saved", "install.save_install_config", "install.save_install_log")
                    .where((value, config) -> isFalse(value)),
            checked("saved install config", "install.save_install_config"),
            checked("saved install log", "install.save_install_log"),
            checked("boot: firmware", "vmtest.firmware"),
            noEffect(
                    "it is about the install; the result has a record for each thing in it",
                    "vmtest.expect.install_failed"),
            checkedWithin("kept file ", "vmtest.kept_files"),
            checked("host name", "vmtest.expect.hostname"),
            checked("time zone", "vmtest.expect.timezone"),
            checkedWithin("package ", "vmtest.expect.packages"),
            checked("user ", "vmtest.expect.users.*.name", "vmtest.expect.users.*.password"),
            checked("user ", "vmtest.expect.users.*.locked"),
            checkedWithin("user ", "vmtest.expect.users.*.groups", "vmtest.expect.users.*.authorized_keys"),

            // What asks nothing of the installed system.
            noEffect("it is the stage's own work, which other sections' checks judge", "extract_commands.*")
                    .where((value, config) -> isTheWorkOf("extract", value)),
            noEffect("it is the stage's own work, which other sections' checks judge", "curthooks_commands.*")
                    .where((value, config) -> isTheWorkOf("curthooks", value)),
            noEffect("it is the stage's own work, which other sections' checks judge", "hook_commands.*")
                    .where((value, config) -> isTheWorkOf("hook", value)),
            noEffect("says only what to do where the file system may be unfit", "swap.force"),
            noEffect(
                    "where the installer works and logs, and what it reports",
                    "install.log_file",
                    "install.log_file_append",
                    "install.post_files",
                    "install.error_tarfile",
                    "install.target",
                    "install.unmount",
                    "install.resume_data",
                    "install.maas"),
            noEffect("whom the installer tells how it fares", "reporting", "reporter", "showtrace", "verbosity"),
            noEffect("how the install environment ends; the test boots the system itself", "power_state", "kexec"),
            noEffect("how the installer's own commands reach the network", "proxy", "http_proxy"),
            noEffect(
                    "only an image whose interfaces file is a link into /run has another; the network's checks judge it",
                    "restore_dist_interfaces"),
            noEffect("who does the work of the stage; what was asked for is judged all the same", "curthooks.mode"),
            noEffect("which stages run; what other sections ask for is judged all the same", "stages"),
            noEffect("which release's images are used", "vmtest.release", "vmtest.supported_releases"),
            noEffect("what the machine is like", "vmtest.cpus", "vmtest.memory", "vmtest.disk_driver"),
            noEffect("what the machine is like", "vmtest.block_size", "vmtest.disks", "vmtest.nics"),
            noEffect("in which form the section is written", "storage.version", "network.version"),
            noEffect("how the test goes", "vmtest.timeouts", "vmtest.kernel_arguments", "vmtest.collect_scripts"),
            noEffect("how the test goes", "vmtest.network_peer", "vmtest.second_boot"),
            noEffect("what the run serves; its installation is asked for elsewhere", "vmtest.repository"),
            noEffect("it is said as it stands", "vmtest.not_judged"),

            // What nobody judges yet.
            noEffect("only extlinux's menu has them", "grub.alternatives", "boot.alternatives")
                    .where((value, config) -> config.grub().bootloaders().equals(List.of("grub"))),
            notJudged(
                    "extlinux's menu, because only U-Boot reads it",
                    "grub.bootloaders",
                    "boot.bootloaders",
                    "grub.alternatives",
                    "boot.alternatives"),
            notJudged("how the boot loader is set up", "grub", "boot"),
            notJudged("which other kernels there are", "kernel.fallback_package", "kernel.remove"),
            notJudged("what cloud-init makes of it at the first boot", "vmtest.boot_cloudconf"),
            checked("source", "vmtest.source"),
            notJudged("which files the source has, because only its author knows", "sources")
                    .where((value, config) -> !areTheRunningSystem(config)),
            noEffect("it is the copy that is made without it, too", "sources"),
            notJudged("what a pattern leaves out", "install.extra_rsync_args"),
            notJudged("whether packages were upgraded", "system_upgrade"),
            notJudged("what the installed system does with it", "pollinate", "kernel-crash-dumps", "multipath"),
            notJudged("whether anything was there to be left alone", "disable_overlayroot"),
            notJudged("which disk a name of the kernel's means", "block-meta.devices"));

    private KeyClaims() {}

    /**
     * Return the claim that names a key most closely.
     *
     * @param applies tells the claims that speak of the key's value
     */
    static Optional<KeyClaim> of(List<String> path, Predicate<KeyClaim> applies) {
        KeyClaim closest = null;
        int closeness = -1;
        for (KeyClaim claim : ALL) {
            for (String written : claim.paths()) {
                KeyPattern pattern = KeyPattern.of(written);
                boolean speaks = claim.reachesBelow() ? pattern.isAtOrAbove(path) : pattern.isAt(path);
                if (speaks && pattern.closeness() > closeness && applies.test(claim)) {
                    closest = claim;
                    closeness = pattern.closeness();
                }
            }
        }
        return Optional.ofNullable(closest);
    }

    /** The command by which a configuration asks for the work of a stage: what that makes, its section's checks judge. */
    private static boolean isTheWorkOf(String command, Value value) {
        return ConfigText.plain(value) instanceof List<?> words && words.contains(command);
    }

    private static boolean isFirstVersion(InstallConfig config) {
        return config.storage() != null && config.storage().version() == 1;
    }

    private static boolean isFalse(Value value) {
        return value instanceof ScalarValue scalar && Boolean.FALSE.equals(scalar.value());
    }

    private static boolean isEmpty(Value value) {
        return value instanceof ScalarValue scalar && scalar.text().isEmpty();
    }

    private static boolean changesApt(InstallConfig config) {
        return config.apt() != null && !config.apt().changesNothing();
    }

    /** Which disk a name of the kernel means is known only where an action has it as its path; else storage decides. */
    private static boolean areKnownDisks(Value value, InstallConfig config) {
        List<String> listed = config.grub().installDevices();
        StorageConfig storage = config.storage();
        if (listed == null || storage == null) {
            return listed == null;
        }
        Set<String> known = storage.all(Disk.class).stream()
                .map(Disk::path)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return !GrubDevices.of(storage).isEmpty() || known.containsAll(listed);
    }

    /** The source that curtin takes where none is named, and the built-in installer takes too. */
    private static boolean areTheRunningSystem(InstallConfig config) {
        return config.sources().stream()
                .allMatch(source -> source.directory().equals(Optional.of(InstallSource.IMAGE_ROOT)));
    }

    private static boolean isGrubAlone(Value value, InstallConfig config) {
        return value instanceof ListValue list && List.of("grub").equals(ConfigText.plain(list));
    }
}
