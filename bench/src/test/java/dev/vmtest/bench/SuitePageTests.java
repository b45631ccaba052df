package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of {@code docs/suite.md} against the classes of the suite and the tests of the Python harness. */
class SuitePageTests {

    /** The tests of the Python harness, by module. */
    private static final Map<String, String> SEEDS = Map.ofEntries(
            Map.entry("apt_config_cmd", "TestAptConfigCMD"),
            Map.entry(
                    "apt_source",
                    "TestAptSrcCustom TestAptSrcDisablePockets TestAptSrcModify TestAptSrcModifyArches TestAptSrcPreserve"
                            + " TestAptSrcSearch"),
            Map.entry("basic", "TestBasic TestBasicScsi"),
            Map.entry("basic_dasd", "TestBasicDasd"),
            Map.entry("bcache_basic", "TestBcacheBasic"),
            Map.entry("bcache_bug1718699", "TestBcacheBug1718699"),
            Map.entry("bcache_ceph", "TestBcacheCeph TestBcacheCephLvm"),
            Map.entry("bcache_partitions", "TestBcachePartitions"),
            Map.entry("fs_battery", "TestFsBattery"),
            Map.entry("install_umount", "TestInstallUnmount"),
            Map.entry("iscsi", "TestBasicIscsi"),
            Map.entry("journald_reporter", "TestJournaldReporter"),
            Map.entry("lvm", "TestLvm"),
            Map.entry("lvm_iscsi", "TestLvmIscsi"),
            Map.entry("lvm_raid", "TestLvmOverRaid"),
            Map.entry("lvm_root", "TestLvmRoot TestUefiLvmRoot"),
            Map.entry(
                    "mdadm_bcache",
                    "TestMdadmBcache TestMirrorboot TestMirrorbootPartitions TestMirrorbootPartitionsUEFI TestRaid5boot"
                            + " TestRaid6boot TestRaid10boot TestAllindata"),
            Map.entry("mdadm_iscsi", "TestMdadmIscsi"),
            Map.entry("multipath", "TestMultipathBasic TestMultipathReuse"),
            Map.entry("multipath_lvm", "TestMultipathLvm TestMultipathLvmPartWipe"),
            Map.entry("network", "TestNetworkBasic"),
            Map.entry("network_alias", "TestNetworkAlias"),
            Map.entry("network_bonding", "TestNetworkBonding"),
            Map.entry("network_bridging", "TestBridgeNetwork XenialTestBridgingV2"),
            Map.entry(
                    "network_disabled",
                    "CurtinDisableNetworkRendering CurtinDisableCloudInitNetworking"
                            + " CurtinDisableCloudInitNetworkingVersion1"),
            Map.entry("network_enisource", "TestNetworkENISource"),
            Map.entry("network_ipv6", "TestNetworkIPV6"),
            Map.entry("network_ipv6_enisource", "TestNetworkIPV6ENISource"),
            Map.entry("network_ipv6_static", "TestNetworkIPV6Static"),
            Map.entry("network_ipv6_vlan", "TestNetworkIPV6Vlan"),
            Map.entry("network_mtu", "TestNetworkMtu TestNetworkMtuNetworkd"),
            Map.entry("network_ovs", "TestNetworkOvs"),
            Map.entry("network_static", "TestNetworkStatic"),
            Map.entry("network_static_routes", "TestNetworkStaticRoutes"),
            Map.entry("network_vlan", "TestNetworkVlan"),
            Map.entry("nvme", "TestNvme TestNvmeBcache"),
            Map.entry("old_apt_features", "TestOldApt"),
            Map.entry("panic", "TestInstallPanic"),
            Map.entry("pollinate_useragent", "TestPollinateUserAgent"),
            Map.entry("preserve", "TestPreserve"),
            Map.entry("preserve_bcache", "TestPreserveBcache"),
            Map.entry("preserve_lvm", "TestLvmPreserve"),
            Map.entry("preserve_partition_wipe_vg", "TestPreserveWipeLvm TestPreserveWipeLvmSimple"),
            Map.entry("preserve_raid", "TestPreserveRAID TestPartitionExistingRAID"),
            Map.entry("python_apt", "TestPythonApt"),
            Map.entry("raid5_bcache", "TestMdadmBcache"),
            Map.entry("raid_partition_to_disk", "TestRAIDPartitionToDisk"),
            Map.entry("reuse_lvm_member", "TestReuseLVMMemberPartition"),
            Map.entry("reuse_msdos_partitions", "TestReuseMSDOSPartitions"),
            Map.entry("reuse_raid_member", "TestReuseRAIDMember TestReuseRAIDMemberPartition"),
            Map.entry("reuse_uefi_esp", "TestUefiReuseEsp"),
            Map.entry("simple", "TestSimple TestSimpleStorage TestGrubNoDefaults"),
            Map.entry("ubuntu_core", "TestUbuntuCore"),
            Map.entry("uefi_basic", "TestBasic TestBasic4k"),
            Map.entry("vmtests", "PsuedoBase"),
            Map.entry("zfsroot", "TestZfsRoot TestZfsRootFsType"));

    private static final Pattern CONFIG = Pattern.compile("config = \"([^\"]+)\"");
    private static final String NONE = "–";

    /** Hold one row of the table. */
    private record Row(String seed, String name, String config, String layout) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(SourceTree.resolve("docs/suite.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6 && !cells[1].contains("---") && !cells[1].contains("Test of")) {
                rows.add(new Row(
                        cells[1].strip(), cells[2].strip().replace("`", ""), cells[3].strip(), cells[4].strip()));
            }
        }
        return rows;
    }

    @Test
    void everyTestOfTheSeedsHasARow() throws IOException {
        List<String> expected = new ArrayList<>();
        SEEDS.forEach((module, names) -> {
            for (String name : names.split(" ", -1)) {
                expected.add(module + "." + name);
            }
        });

        assertThat(SEEDS).as("modules of the Python harness").hasSize(56);
        assertThat(rows())
                .extracting(Row::seed)
                .filteredOn(seed -> !seed.equals("(ours)"))
                .hasSameElementsAs(expected)
                .containsAll(expected);
    }

    @Test
    void everyClassOfTheSuiteHasItsRow() throws IOException {
        Map<String, String> classes = new TreeMap<>();
        try (Stream<Path> files = Files.list(SourceTree.resolve("suite/src/main/java/dev/vmtest/suite"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
                Matcher config = CONFIG.matcher(Files.readString(file));
                assertThat(config.find()).as("a configuration in %s", file).isTrue();
                classes.put(file.getFileName().toString().replace(".java", ""), config.group(1));
            }
        }
        Map<String, String> documented = new TreeMap<>();
        rows().stream()
                .filter(row -> !row.name().equals(NONE))
                .forEach(row -> documented.put(row.name(), row.config()));

        assertThat(documented).isEqualTo(classes);
        assertThat(documented.values())
                .allSatisfy(config -> assertThat(SourceTree.resolve("examples/tests/" + config))
                        .exists());
    }

    @Test
    void whatIsMissingHasAReason() throws IOException {
        assertThat(rows())
                .filteredOn(row -> row.name().equals(NONE))
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat(row.config()).isEqualTo(NONE);
                    assertThat(row.layout()).matches("(refused: |not yet).*");
                });
    }
}
