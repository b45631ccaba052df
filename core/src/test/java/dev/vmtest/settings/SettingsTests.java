package dev.vmtest.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTests {

    @Test
    void pinsEveryNameAndDefault() {
        List<String> rows = SettingsTable.all().stream()
                .map(setting -> String.join(",", setting.names()) + "=" + setting.defaultText())
                .toList();

        assertThat(rows)
                .containsExactly(
                        "CURTIN_VMTEST_TOPDIR=null",
                        "CURTIN_VMTEST_TOPDIR_MODE=0700",
                        "TMPDIR=/tmp",
                        "CURTIN_VMTEST_LOG=null",
                        "CURTIN_VMTEST_HISTORY=null",
                        "CURTIN_VMTEST_PASSES=null",
                        "CURTIN_VMTEST_PASSES_DAYS=30",
                        "CURTIN_VMTEST_REUSE_TOPDIR=0",
                        "CURTIN_VMTEST_KEEP_DATA_PASS=none",
                        "CURTIN_VMTEST_KEEP_DATA_FAIL=all",
                        "CURTIN_VMTEST_TAR_DISKS=0",
                        "WORKSPACE=null",
                        "CURTIN_VMTEST_IMAGE_DIR,IMAGE_DIR=/srv/images",
                        "CURTIN_VMTEST_IMAGE_VARIANT=generic",
                        "CURTIN_VMTEST_IMAGE_SYNC=false",
                        "IMAGES_TO_KEEP=1",
                        "CURTIN_VMTEST_IMAGE_SRC_URL,IMAGE_SRC_URL=null",
                        "CURTIN_VMTEST_MAAS_IMAGE_STREAM,MAAS_IMAGE_STREAM=stable",
                        "CURTIN_VMTEST_IMAGE_SRC_KEYRING,IMAGE_SRC_KEYRING=/usr/share/keyrings/ubuntu-cloudimage-keyring.gpg",
                        "CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT=-1",
                        "CURTIN_VMTEST_BOOT_TIMEOUT=300",
                        "CURTIN_VMTEST_INSTALL_TIMEOUT=3000",
                        "CURTIN_VMTEST_FIDELITY=resume",
                        "CURTIN_VMTEST_QEMU,VMTEST_QEMU=null",
                        "CURTIN_VMTEST_NR_CPUS=null",
                        "CURTIN_VMTEST_VMRAM=null",
                        "CURTIN_VMTEST_BRIDGE=user",
                        "DEF_DISK_DRIVER=virtio-blk",
                        "DEF_NETMODEL=virtio-net-pci",
                        "_QEMU_SUPPORTS_FILE_LOCKING=null",
                        "CURTIN_VMTEST_CURTIN_EXE=null",
                        "CURTIN_VMTEST_EXTRA_CONFIG=null",
                        "CURTIN_VMTEST_APT_PROXY,apt_proxy=null",
                        "CURTIN_VMTEST_ADD_REPOS=",
                        "CURTIN_VMTEST_SYSTEM_UPGRADE=auto",
                        "CURTIN_VMTEST_UPGRADE_PACKAGES=",
                        "CURTIN_PACK_CONTAINER=null",
                        "CURTIN_VMTEST_KNOWN_ISSUES=null",
                        "CURTIN_VMTEST_SKIP_BY_DATE_BUGS=",
                        "CURTIN_VMTEST_DEBUG_ALLOW_FAIL=false",
                        "CURTIN_VMTEST_CHANGED=0",
                        "CURTIN_VMTEST_PARALLEL=0",
                        "CURTIN_VMTEST_SHUFFLE_TESTS=1",
                        "UNSUPPORTED_UBUNTU=null",
                        "_DEVEL_UBUNTU=null",
                        "CURTIN_VMTEST_ISCSI_PORTAL=null",
                        "TGT_IPC_SOCKET=null",
                        "IP_ADDR=null",
                        "HTTP_PORT=null",
                        "HTTP_TRIES=5",
                        "http_proxy=null",
                        "https_proxy=null",
                        "no_proxy=null",
                        "SUDO_USER=null");
    }

    @Test
    void givesEachDefaultWhenNothingIsSet() {
        Settings settings = Settings.read(Map.of());

        for (Setting<?> setting : SettingsTable.all()) {
            assertThat(settings.find(setting).isPresent()).as(setting.name()).isEqualTo(setting.defaultText() != null);
            assertThat(settings.source(setting)).isEqualTo(setting.defaultText() == null ? "not set" : "default");
        }
        assertThat(settings.get(SettingsTable.KEEP_DATA_FAIL)).hasSize(KeptData.values().length);
        assertThat(settings.get(SettingsTable.KEEP_DATA_PASS)).isEmpty();
        assertThat(settings.get(SettingsTable.SYSTEM_UPGRADE)).isEqualTo(SystemUpgrade.AUTO);
    }

    @Test
    void namesNoVariableTwice() {
        List<String> names = new ArrayList<>();
        SettingsTable.all().forEach(setting -> names.addAll(setting.names()));

        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @Test
    void takesTheFirstNameThatIsSet() {
        Settings both = Settings.read(Map.of("IMAGE_DIR", "/a", "CURTIN_VMTEST_IMAGE_DIR", "/b"));
        Settings second = Settings.read(Map.of("IMAGE_DIR", "/a", "CURTIN_VMTEST_IMAGE_DIR", ""));

        assertThat(both.get(SettingsTable.IMAGE_DIR)).isEqualTo(Path.of("/b"));
        assertThat(both.source(SettingsTable.IMAGE_DIR)).isEqualTo("CURTIN_VMTEST_IMAGE_DIR");
        assertThat(second.get(SettingsTable.IMAGE_DIR)).isEqualTo(Path.of("/a"));
        assertThat(second.source(SettingsTable.IMAGE_DIR)).isEqualTo("IMAGE_DIR");
    }

    @Test
    void takesAnEmptyProxyForNone() {
        Settings settings = Settings.read(Map.of("CURTIN_VMTEST_APT_PROXY", "", "apt_proxy", "http://p:3142"));

        assertThat(settings.find(SettingsTable.APT_PROXY)).contains("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "FALSE", "False", "0", ""})
    void readsAsFalse(String text) {
        assertThat(Settings.read(Map.of("CURTIN_VMTEST_TAR_DISKS", text)).get(SettingsTable.TAR_DISKS))
                .isFalse();
        assertThat(Settings.read(Map.of("CURTIN_VMTEST_SHUFFLE_TESTS", text)).get(SettingsTable.SHUFFLE_TESTS))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "2", "no", "off", "yes", " "})
    void readsAsTrue(String text) {
        assertThat(Settings.read(Map.of("CURTIN_VMTEST_REUSE_TOPDIR", text)).get(SettingsTable.REUSE_TOPDIR))
                .isTrue();
    }

    @Test
    void namesEveryWrongVariableAtOnce() {
        assertThatThrownBy(() -> Settings.read(Map.of(
                        "CURTIN_VMTEST_BOOT_TIMEOUT", "soon",
                        "CURTIN_VMTEST_KEEP_DATA_PASS", "logs,tapes",
                        "IMAGES_TO_KEEP", "0")))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.problems())
                                .containsExactly(
                                        "CURTIN_VMTEST_KEEP_DATA_PASS='logs,tapes' is not valid; it accepts none, all, or a"
                                                + " comma separated list of: boot, collect, disks, install, logs",
                                        "IMAGES_TO_KEEP='0' is not valid; it accepts a whole number from 1 to 1000",
                                        "CURTIN_VMTEST_BOOT_TIMEOUT='soon' is not valid; it accepts a whole number from 1 to"
                                                + " 604800"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            CURTIN_VMTEST_NR_CPUS      | two
            CURTIN_VMTEST_VMRAM        | 2G
            CURTIN_VMTEST_ISCSI_PORTAL | 10.0.0.1
            CURTIN_VMTEST_ISCSI_PORTAL | fe80::1:3260
            CURTIN_VMTEST_ISCSI_PORTAL | host:99999
            CURTIN_VMTEST_IMAGE_SRC_URL | images.maas.io
            CURTIN_VMTEST_PARALLEL     | -2
            HTTP_PORT                  | 0
            """)
    void refuses(String name, String text) {
        assertThatThrownBy(() -> Settings.read(Map.of(name, text)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name + "='" + text + "'")
                .hasMessageContaining("it accepts ");
    }

    @Test
    void readsLists() {
        Settings settings = Settings.read(Map.of(
                "CURTIN_VMTEST_ADD_REPOS", "deb http://a b c, ppa:x/y,",
                "CURTIN_VMTEST_SKIP_BY_DATE_BUGS", "123, 456 *",
                "CURTIN_VMTEST_KEEP_DATA_PASS", "logs,collect",
                "CURTIN_VMTEST_ISCSI_PORTAL", "[fe80::1]:3260"));

        assertThat(settings.get(SettingsTable.ADD_REPOS)).containsExactly("deb http://a b c", "ppa:x/y");
        assertThat(settings.get(SettingsTable.SKIP_BY_DATE_BUGS)).containsExactly("123", "456", "*");
        assertThat(settings.get(SettingsTable.KEEP_DATA_PASS)).isEqualTo(Set.of(KeptData.LOGS, KeptData.COLLECT));
        assertThat(settings.get(SettingsTable.ISCSI_PORTAL)).isEqualTo("[fe80::1]:3260");
    }

    @Test
    void namesVariablesThatNothingReads() {
        Settings settings = Settings.read(Map.of("CURTIN_VMTEST_BOOT_TIMOUT", "1", "PATH", "/bin"));

        assertThat(settings.unknownVariables()).containsExactly("CURTIN_VMTEST_BOOT_TIMOUT");
    }
}
