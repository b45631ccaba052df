package dev.vmtest.settings;

import dev.vmtest.settings.Setting.Group;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * List every environment variable that affects vmtest.
 *
 * <p>The documentation page and {@code vmtest settings} are made from this table.
 */
public final class SettingsTable {

    // Before the rows: each adds itself here as it is made.
    private static final List<Setting<?>> ROWS = new ArrayList<>();

    public static final Setting<Path> TOPDIR = row(
            Group.DATA,
            SettingType.PATH,
            null,
            "Directory of all results of a run; made if it is missing, removed at the end if it is empty; without it $TMPDIR/vmtest-TIME",
            "CURTIN_VMTEST_TOPDIR");

    public static final Setting<String> TOPDIR_MODE = row(
            Group.DATA,
            SettingType.word("0700", "0750", "0755"),
            "0700",
            "Mode of the result directory; the configuration, the disks, what was collected and the guest's own words in it are for their owner only, whatever this says",
            "CURTIN_VMTEST_TOPDIR_MODE");

    public static final Setting<Path> TMPDIR = row(
            Group.DATA,
            SettingType.PATH,
            "/tmp",
            "Parent of the result directory and of temporary directories",
            "TMPDIR");

    public static final Setting<Path> LOG =
            row(Group.DATA, SettingType.PATH, null, "Debug log of a run; without it TOPDIR.log", "CURTIN_VMTEST_LOG");

    public static final Setting<Path> HISTORY = row(
            Group.DATA,
            SettingType.PATH,
            null,
            "File that remembers how tests ended on this host and how long they took; without it vmtest/history.jsonl in $XDG_STATE_HOME or ~/.local/state",
            "CURTIN_VMTEST_HISTORY");

    public static final Setting<Path> PASSES = row(
            Group.DATA,
            SettingType.PATH,
            null,
            "Directory that remembers what passed with which inputs, and that machines may share; without it vmtest/passes in $XDG_STATE_HOME or ~/.local/state",
            "CURTIN_VMTEST_PASSES");

    public static final Setting<Integer> PASSES_DAYS = row(
            Group.DATA,
            SettingType.integer(1, 3650),
            "30",
            "Days that a pass counts before the test is run again",
            "CURTIN_VMTEST_PASSES_DAYS");

    public static final Setting<Boolean> REUSE_TOPDIR = row(
            Group.DATA,
            SettingType.BOOLEAN,
            "0",
            "Whether to run only the checks, on the data of an earlier run, which is never pruned",
            "CURTIN_VMTEST_REUSE_TOPDIR");

    public static final Setting<Set<KeptData>> KEEP_DATA_PASS = row(
            Group.DATA,
            SettingType.KEPT_DATA,
            "none",
            "Directories that are kept of a test that passed",
            "CURTIN_VMTEST_KEEP_DATA_PASS");

    public static final Setting<Set<KeptData>> KEEP_DATA_FAIL = row(
            Group.DATA,
            SettingType.KEPT_DATA,
            "all",
            "Directories that are kept of a test that failed",
            "CURTIN_VMTEST_KEEP_DATA_FAIL");

    public static final Setting<Boolean> TAR_DISKS = row(
            Group.DATA,
            SettingType.BOOLEAN,
            "0",
            "Whether kept disk images are packed into one sparse tar",
            "CURTIN_VMTEST_TAR_DISKS");

    public static final Setting<Path> WORKSPACE = row(
            Group.DATA,
            SettingType.PATH,
            null,
            "Parent of the result directory of tools/jenkins-runner, which uses WORKSPACE/output; without it the current directory",
            "WORKSPACE");

    public static final Setting<Path> IMAGE_DIR = row(
            Group.IMAGES,
            SettingType.PATH,
            "/srv/images",
            "Directory of the images",
            "CURTIN_VMTEST_IMAGE_DIR",
            "IMAGE_DIR");

    public static final Setting<String> IMAGE_VARIANT = row(
            Group.IMAGES,
            SettingType.TEXT,
            "generic",
            "Which image of a release tests use that name no renderer: generic, networkd, network-manager or zfs, or plain"
                    + " for one that is as Debian would make it",
            "CURTIN_VMTEST_IMAGE_VARIANT");

    public static final Setting<Boolean> IMAGE_SYNC = row(
            Group.IMAGES,
            SettingType.BOOLEAN,
            "false",
            "Whether images are fetched from the stream before a run",
            "CURTIN_VMTEST_IMAGE_SYNC");

    public static final Setting<Integer> IMAGES_TO_KEEP = row(
            Group.IMAGES,
            SettingType.integer(1, 1000),
            "1",
            "How many versions of an image are kept",
            "IMAGES_TO_KEEP");

    public static final Setting<URI> IMAGE_SRC_URL = row(
            Group.IMAGES,
            SettingType.URL,
            null,
            "Index of the image stream; without it the MAAS stream named by the stream setting",
            "CURTIN_VMTEST_IMAGE_SRC_URL",
            "IMAGE_SRC_URL");

    public static final Setting<String> MAAS_IMAGE_STREAM = row(
            Group.IMAGES,
            SettingType.TEXT,
            "stable",
            "Name of the MAAS image stream",
            "CURTIN_VMTEST_MAAS_IMAGE_STREAM",
            "MAAS_IMAGE_STREAM");

    public static final Setting<Path> IMAGE_SRC_KEYRING = row(
            Group.IMAGES,
            SettingType.PATH,
            "/usr/share/keyrings/ubuntu-cloudimage-keyring.gpg",
            "Keyring that the stream's signatures are verified against",
            "CURTIN_VMTEST_IMAGE_SRC_KEYRING",
            "IMAGE_SRC_KEYRING");

    public static final Setting<Integer> IMAGE_LOCK_TIMEOUT = row(
            Group.IMAGES,
            SettingType.integer(-1, Integer.MAX_VALUE),
            "-1",
            "Seconds to wait for the lock of the image directory; -1 waits for ever",
            "CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT");

    public static final Setting<Integer> BOOT_TIMEOUT = row(
            Group.MACHINE,
            SettingType.integer(1, 604800),
            "300",
            "Seconds that a first boot may take",
            "CURTIN_VMTEST_BOOT_TIMEOUT");

    public static final Setting<Integer> INSTALL_TIMEOUT = row(
            Group.MACHINE,
            SettingType.integer(1, 604800),
            "3000",
            "Seconds that an installation may take",
            "CURTIN_VMTEST_INSTALL_TIMEOUT");

    public static final Setting<String> FIDELITY = row(
            Group.MACHINE,
            SettingType.word("full", "full-http", "resume"),
            "resume",
            "How install environments start where the test leaves the choice: full boots each, full-http so that the root comes over HTTP, resume goes on from a"
                    + " snapshot of such a boot",
            "CURTIN_VMTEST_FIDELITY");

    public static final Setting<String> QEMU = row(
            Group.MACHINE,
            SettingType.TEXT,
            null,
            "Directory of the QEMU that is used, or system for the one on the PATH; without it the newer one that tools/qemu has unpacked, if it has",
            "CURTIN_VMTEST_QEMU",
            "VMTEST_QEMU");

    public static final Setting<Integer> NR_CPUS = row(
            Group.MACHINE,
            SettingType.integer(1, 255),
            null,
            "Virtual CPUs of every machine, whatever the test says",
            "CURTIN_VMTEST_NR_CPUS");

    public static final Setting<Integer> VMRAM = row(
            Group.MACHINE,
            SettingType.integer(256, 1048576),
            null,
            "MiB of memory of every machine, whatever the test says",
            "CURTIN_VMTEST_VMRAM");

    public static final Setting<String> BRIDGE = row(
            Group.NETWORK,
            SettingType.TEXT,
            "user",
            "Bridge of the host for network interfaces that name none, or user for user networking",
            "CURTIN_VMTEST_BRIDGE");

    public static final Setting<String> DEF_DISK_DRIVER = row(
            Group.TOOLS,
            SettingType.TEXT,
            "virtio-blk",
            "Disk driver of xkvm where an argument names none",
            "DEF_DISK_DRIVER");

    public static final Setting<String> DEF_NETMODEL = row(
            Group.TOOLS,
            SettingType.TEXT,
            "virtio-net-pci",
            "Network card of xkvm where an argument names none",
            "DEF_NETMODEL");

    public static final Setting<Boolean> QEMU_SUPPORTS_FILE_LOCKING = row(
            Group.TOOLS,
            SettingType.BOOLEAN,
            null,
            "Whether QEMU knows file.locking of an image; without it it does, as all since 2.10",
            "_QEMU_SUPPORTS_FILE_LOCKING");

    public static final Setting<String> CURTIN_EXE = row(
            Group.INSTALLER,
            SettingType.TEXT,
            null,
            "Command line of the curtin under test, run by a shell",
            "CURTIN_VMTEST_CURTIN_EXE");

    public static final Setting<Path> EXTRA_CONFIG = row(
            Group.INSTALLER,
            SettingType.PATH,
            null,
            "One more configuration for every installation",
            "CURTIN_VMTEST_EXTRA_CONFIG");

    public static final Setting<String> APT_PROXY = row(
            Group.INSTALLER,
            SettingType.TEXT_OR_EMPTY,
            null,
            "Proxy for packages; empty means none; without it the host's own apt proxy",
            "CURTIN_VMTEST_APT_PROXY",
            "apt_proxy");

    public static final Setting<List<String>> ADD_REPOS = row(
            Group.INSTALLER,
            SettingType.COMMA_LIST,
            "",
            "Package sources that are added to the installed system; proposed stands for those of the release, except where it is in development, PROPOSED for those of any release",
            "CURTIN_VMTEST_ADD_REPOS");

    public static final Setting<SystemUpgrade> SYSTEM_UPGRADE = row(
            Group.INSTALLER,
            SettingType.SYSTEM_UPGRADE,
            "auto",
            "Whether the installed system is upgraded; auto does so if sources were added",
            "CURTIN_VMTEST_SYSTEM_UPGRADE");

    public static final Setting<List<String>> UPGRADE_PACKAGES = row(
            Group.INSTALLER,
            SettingType.LIST,
            "",
            "Packages that a late command installs",
            "CURTIN_VMTEST_UPGRADE_PACKAGES");

    public static final Setting<String> CURTIN_PACK_CONTAINER = row(
            Group.INSTALLER,
            SettingType.TEXT,
            null,
            "Container in which tools/curtin-from-container runs curtin",
            "CURTIN_PACK_CONTAINER");

    public static final Setting<Path> KNOWN_ISSUES = row(
            Group.RUN,
            SettingType.PATH,
            null,
            "File of known issues; without it the suite's own",
            "CURTIN_VMTEST_KNOWN_ISSUES");

    public static final Setting<List<String>> SKIP_BY_DATE_BUGS = row(
            Group.RUN,
            SettingType.LIST,
            "",
            "Known issues whose tests are not run: numbers of bugs or whole references, * for all",
            "CURTIN_VMTEST_SKIP_BY_DATE_BUGS");

    public static final Setting<Boolean> DEBUG_ALLOW_FAIL = row(
            Group.WITHOUT_EFFECT,
            SettingType.BOOLEAN,
            "false",
            "Was for the harness's tests of itself, some of which fail on purpose; here a machine that is made up shows"
                    + " how failures are told",
            "CURTIN_VMTEST_DEBUG_ALLOW_FAIL");

    public static final Setting<Boolean> CHANGED = row(
            Group.RUN,
            SettingType.BOOLEAN,
            "0",
            "Whether only that is run which has not passed yet with the inputs that it has now",
            "CURTIN_VMTEST_CHANGED");

    public static final Setting<Integer> PARALLEL = row(
            Group.RUN,
            SettingType.integer(-1, 1024),
            "0",
            "Tests at a time: 0 and 1 one by one, -1 as many as there are cores",
            "CURTIN_VMTEST_PARALLEL");

    public static final Setting<Boolean> SHUFFLE_TESTS = row(
            Group.RUN,
            SettingType.BOOLEAN,
            "1",
            "Whether tests run in a random order, whose seed is printed",
            "CURTIN_VMTEST_SHUFFLE_TESTS");

    public static final Setting<List<String>> UNSUPPORTED_UBUNTU = row(
            Group.RUN,
            SettingType.LIST,
            null,
            "Ubuntu releases whose tests are skipped; without it those whose standard support has ended (vmtest releases)",
            "UNSUPPORTED_UBUNTU");

    public static final Setting<List<String>> DEVEL_UBUNTU = row(
            Group.RUN,
            SettingType.LIST,
            null,
            "Ubuntu releases in development, which get no proposed packages unless PROPOSED is asked for; without it the dates of the release table",
            "_DEVEL_UBUNTU");

    public static final Setting<String> ISCSI_PORTAL = row(
            Group.ISCSI,
            SettingType.PORTAL,
            null,
            "Portal of a running iSCSI target; without it a run starts its own",
            "CURTIN_VMTEST_ISCSI_PORTAL");

    public static final Setting<Path> TGT_IPC_SOCKET =
            row(Group.ISCSI, SettingType.PATH, null, "Control socket of a running tgtd", "TGT_IPC_SOCKET");

    public static final Setting<String> IP_ADDR = row(
            Group.NETWORK,
            SettingType.TEXT,
            null,
            "Address of this host that launch's web server has; without it the bridge's, or that of the default route",
            "IP_ADDR");

    public static final Setting<Integer> HTTP_PORT = row(
            Group.NETWORK,
            SettingType.integer(1, 65535),
            null,
            "Port of launch's web server; without it a free one",
            "HTTP_PORT");

    public static final Setting<Integer> HTTP_TRIES = row(
            Group.NETWORK,
            SettingType.integer(1, 1000),
            "5",
            "How often launch tries to find a port for its web server; the system gives it a free one at once",
            "HTTP_TRIES");

    public static final Setting<String> HTTP_PROXY = row(
            Group.NETWORK,
            SettingType.TEXT_OR_EMPTY,
            null,
            "Proxy for http that launch passes on to the installer",
            "http_proxy");

    public static final Setting<String> HTTPS_PROXY = row(
            Group.NETWORK,
            SettingType.TEXT_OR_EMPTY,
            null,
            "Proxy for https that launch passes on to the installer",
            "https_proxy");

    public static final Setting<String> NO_PROXY = row(
            Group.NETWORK,
            SettingType.TEXT_OR_EMPTY,
            null,
            "Hosts that need no proxy; launch adds this host",
            "no_proxy");

    public static final Setting<String> SUDO_USER = row(
            Group.WITHOUT_EFFECT,
            SettingType.TEXT,
            null,
            "Was the owner of the tap devices that xkvm made; here QEMU's helper makes them for whoever runs QEMU",
            "SUDO_USER");

    private SettingsTable() {}

    /** Return all settings in the order of the table. */
    public static List<Setting<?>> all() {
        return List.copyOf(ROWS);
    }

    /** Return the settings that nothing acts upon. */
    public static List<Setting<?>> withoutEffect() {
        return ROWS.stream()
                .filter(setting -> setting.group() == Group.WITHOUT_EFFECT)
                .<Setting<?>>map(setting -> setting)
                .toList();
    }

    private static <T> Setting<T> row(
            Group group, SettingType<T> type, @Nullable String defaultText, String meaning, String... names) {
        Setting<T> setting = new Setting<>(group, List.of(names), type, defaultText, meaning);
        ROWS.add(setting);
        return setting;
    }
}
