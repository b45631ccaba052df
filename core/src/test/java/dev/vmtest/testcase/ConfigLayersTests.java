package dev.vmtest.testcase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ConfigText;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.release.ReleaseTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLayersTests {

    private static final ReleaseLayers DEBIAN = layersOf("bookworm");

    @TempDir
    Path directory;

    private static MapValue parse(String yaml) {
        Problems problems = new Problems();
        MapValue map = ConfigFiles.parse("test.yaml", yaml, problems);
        problems.throwIfAny();
        return map;
    }

    private static String texts(List<ConfigLayer> layers) {
        return layers.stream()
                .map(layer -> layer.fileName() + " " + ConfigText.json(layer.content()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aPlainTestHasItsConfigurationAndTheDefaults() {
        List<ConfigLayer> layers =
                new ConfigLayers(ConfigAdditions.NONE).of(parse("swap: {size: 0}"), false, DEBIAN, "");

        assertThat(texts(layers)).isEqualTo("""
                10-test.yaml {"swap":{"size":0}}
                20-defaults.yaml {"apt":{"preserve_sources_list":true},"kernel":{"install":false}}""");
    }

    @Test
    void aMirroredReleaseGetsItsKernelFromTheInstaller() {
        ConfigLayers layers = new ConfigLayers(ConfigAdditions.NONE);
        MapValue test = parse("swap: {size: 0}");

        assertThat(texts(layers.of(test, false, layersOf("jammy"), ""))).isEqualTo("""
                10-test.yaml {"swap":{"size":0}}""");
        assertThat(texts(layers.of(test, false, layersOf("jammy-edge"), ""))).isEqualTo("""
                10-test.yaml {"swap":{"size":0}}
                80-kernel.yaml {"kernel":{"fallback-package":"linux-image-generic-hwe-22.04-edge"}}""");
        assertThat(layersOf("jammy")).isEqualTo(layersOf("noble"));
    }

    @Test
    void whatNobodyHasAskedForIsNotAmongWhatIsJudged() {
        ConfigAdditions additions =
                new ConfigAdditions(null, null, null, null, null, List.of("deb http://x.test/ y z"), true, List.of());
        MapValue ours = parse("vmtest: {cpus: 2}");
        List<ConfigLayer> layers = new ConfigLayers(additions).of(parse("swap: {size: 0}"), true, DEBIAN, "linux-mine");

        assertThat(ConfigLayers.merge(layers).entries()).containsKeys("apt", "grub", "kernel");
        MapValue asked = ConfigLayers.asked(layers, ours.entries().get("vmtest"));

        assertThat(asked.entries()).containsOnlyKeys("swap", "apt", "system_upgrade", "vmtest");
        assertThat(ConfigText.json(asked)).doesNotContain("preserve_sources_list");
    }

    private static ReleaseLayers layersOf(String base) {
        return layersOf(base, false);
    }

    private static ReleaseLayers layersOf(String name, boolean isInDevelopment) {
        ReleaseBase base = ReleaseTable.base(name).orElseThrow();
        return ReleaseLayers.of(base, base.target(), isInDevelopment);
    }

    private static String sources(ReleaseLayers release, String... repositories) {
        ConfigAdditions additions =
                new ConfigAdditions(null, null, null, null, null, List.of(repositories), false, List.of());
        MapValue merged = ConfigLayers.merge(new ConfigLayers(additions).of(parse("{}"), false, release, ""));
        Value sources = merged.get("apt") instanceof MapValue apt ? apt.get("sources") : null;
        return sources == null ? "null" : ConfigText.yaml(sources);
    }

    @Test
    void whatIsProposedIsAddedExceptToAReleaseInDevelopment() {
        assertThat(sources(layersOf("jammy"), "ppa:x/y", "proposed"))
                .contains("add_repos_00", "ppa:x/y", "add_repos_01", "proposed");
        assertThat(sources(layersOf("jammy", true), "proposed")).isEqualTo("null");
        assertThat(sources(layersOf("jammy", true), "proposed", "ppa:x/y")).contains("add_repos_00", "ppa:x/y");
        assertThat(sources(layersOf("jammy", true), "PROPOSED"))
                .contains("proposed")
                .doesNotContain("PROPOSED");
        assertThat(sources(layersOf("bookworm"), "proposed")).contains("deb $MIRROR $RELEASE-proposed-updates main");
        assertThat(sources(layersOf("centos70-from-bionic"), "proposed", "PROPOSED"))
                .isEqualTo("null");
    }

    @Test
    void everyAdditionComesInTheOrderOfTheSeeds() throws IOException {
        Path extra = Files.writeString(directory.resolve("extra.yaml"), "swap: {size: 1}\nvmtest: {cpus: 2}\n");
        ConfigAdditions additions = new ConfigAdditions(
                "http://proxy:3128",
                null,
                "one,two",
                "http://apt:3142",
                extra,
                List.of("deb http://a/ b c"),
                true,
                List.of("less", "nano"));

        assertThat(texts(new ConfigLayers(additions)
                        .of(parse("{swap: {size: 0}, vmtest: {cpus: 1}}"), true, DEBIAN, "")))
                .isEqualTo("""
                        00-proxy.yaml {"proxy":{"http_proxy":"http://proxy:3128","no_proxy":"one,two,10.0.2.2"}}
                        10-test.yaml {"swap":{"size":0}}
                        20-defaults.yaml {"apt":{"preserve_sources_list":true},"kernel":{"install":false}}
                        25-apt-proxy.yaml {"apt_proxy":"http://apt:3142"}
                        30-grub.yaml {"grub":{"update_nvram":true}}
                        50-extra.yaml {"swap":{"size":1}}
                        60-repositories.yaml {"apt":{"sources":{"add_repos_00":{"source":"deb http://a/ b c"}}}}
                        65-upgrade.yaml {"system_upgrade":{"enabled":true}}
                        70-packages.yaml {"late_commands":{"install_pkg_00":\
                        ["curtin","in-target","--","apt-get","install","--yes","less","nano"]}}""");
    }

    @Test
    void whatTheTestSaysIsNotOverridden() {
        MapValue test =
                parse("{apt: {preserve_sources_list: false}, kernel: {package: linux-x}, boot: {update_nvram: false}}");

        assertThat(texts(new ConfigLayers(ConfigAdditions.NONE).of(test, true, DEBIAN, "")))
                .isEqualTo("10-test.yaml " + ConfigText.json(test));
    }

    @Test
    void theMachineIsMadeForTheExtraConfigurationToo() throws IOException {
        Path extra = Files.writeString(directory.resolve("extra.yaml"), "vmtest: {cpus: 2}\n");
        ConfigAdditions additions = new ConfigAdditions(null, null, null, null, extra, List.of(), false, List.of());
        Problems problems = new Problems();

        MapValue given = new ConfigLayers(additions).given(parse("vmtest: {cpus: 1, memory: 1G}"), problems);

        assertThat(ConfigText.json(given)).isEqualTo("{\"vmtest\":{\"cpus\":2,\"memory\":\"1G\"}}");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void anExtraConfigurationThatIsMissingIsNamed() {
        Path missing = directory.resolve("none.yaml");
        ConfigAdditions additions = new ConfigAdditions(null, null, null, null, missing, List.of(), false, List.of());
        Problems problems = new Problems();

        new ConfigLayers(additions).given(parse("{}"), problems);

        assertThat(problems.all().toString()).contains(missing + ":1:1", "no such file");
    }

    @Test
    void theInstallerReportsAndLogs() {
        // The order too: a document that another JVM writes in another order is another document.
        assertThat(texts(List.of(ConfigLayers.reporting("http://10.0.2.2:1/secret/events/", config("{}")))))
                .isEqualTo("90-reporting.yaml {\"install\":{\"log_file\":\"/tmp/install.log\","
                        + "\"post_files\":[\"/tmp/install.log\"]},\"reporting\":{\"maas\":{\"type\":\"webhook\","
                        + "\"level\":\"DEBUG\",\"endpoint\":\"http://10.0.2.2:1/secret/events/\"}}}");
    }

    @Test
    void theInstallerLogsWhereItIsToldAndReportsWhatItIsTold() {
        assertThat(texts(List.of(ConfigLayers.reporting("http://x/", config("""
                install: {log_file: /var/log/mine.log, post_files: [/var/log/mine.log, /proc/cmdline]}
                """)))))
                .contains(
                        "\"log_file\":\"/var/log/mine.log\",\"post_files\":[\"/var/log/mine.log\",\"/proc/cmdline\"]");
    }

    @Test
    void theArchiveOfAnInstallThatIsMeantToFailIsReported() {
        assertThat(ConfigLayers.postFiles(config("""
                install: {error_tarfile: /tmp/errors.tar}
                vmtest: {expect: {install_failed: {error_tarfile: install.log}}}
                """))).containsExactly("/tmp/install.log", "/tmp/errors.tar");
        assertThat(ConfigLayers.postFiles(config("install: {error_tarfile: /tmp/errors.tar}")))
                .containsExactly("/tmp/install.log");
    }

    private static InstallConfig config(String yaml) {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        assertThat(problems.all()).isEmpty();
        return config;
    }

    @Test
    void theTokenOfTheServerIsReplacedEverywhere() {
        MapValue replaced = PublicUrl.in(
                parse("{sources: ['tgz:PUBURL/target/root-tgz'], late_commands: {a: [wget, PUBURL/x]}, n: 0x10}"),
                "http://10.0.2.2:1/secret");

        assertThat(ConfigText.json(replaced))
                .isEqualTo("{\"sources\":[\"tgz:http://10.0.2.2:1/secret/target/root-tgz\"],"
                        + "\"late_commands\":{\"a\":[\"wget\",\"http://10.0.2.2:1/secret/x\"]},\"n\":16}");
    }
}
