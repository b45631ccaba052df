package dev.vmtest.testcase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigText;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.installer.curtin.CurtinChoice;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.release.Architecture;
import dev.vmtest.release.ReleaseSupport;
import dev.vmtest.release.Renderer;
import dev.vmtest.testcase.TestDefinition.InstallTarget;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestCasesTests {

    private static final InstallerChoice CURTIN = new CurtinChoice("curtin");

    private final Problems problems = new Problems();
    private String config = "{}";
    private List<String> archSkip = List.of();
    private List<String> supported = List.of();
    private InstallTarget target = InstallTarget.SAME;
    private KnownIssues knownIssues = KnownIssues.NONE;

    private List<TestCase> cases(InstallerChoice installer, String arch, String... releases) {
        TestCases.Defaults defaults = new TestCases.Defaults(
                installer,
                ConfigAdditions.NONE,
                knownIssues,
                0,
                0,
                "user",
                Duration.ofMinutes(50),
                Duration.ofMinutes(5),
                Architecture.of(arch),
                Fidelity.RESUME,
                new ReleaseSupport(Optional.empty(), Optional.empty(), LocalDate.of(2026, 11, 22)),
                Renderer.IFUPDOWN);
        TestDefinition plain =
                TestDefinition.ofConfig("Example", new ConfigSource("example.yaml", config), List.of(releases));
        TestDefinition definition = SampleDefinition.of(plain, archSkip, supported, target);
        return new TestCases(defaults).of(definition, definition.releases(), problems);
    }

    private TestCase one(InstallerChoice installer, String arch, String release) {
        List<TestCase> cases = cases(installer, arch, release);
        problems.throwIfAny();
        return cases.get(0);
    }

    @Test
    void theRendererIsThatOfTheClassOrOfTheConfigurationOrTheUsualOne() {
        assertThat(one(BuiltinChoice.CHOICE, "amd64", "bookworm").renderer()).isEqualTo(Renderer.IFUPDOWN);
        assertThat(one(CURTIN, "amd64", "jammy").renderer()).isEqualTo(Renderer.NETWORKD);
        config = "vmtest: {renderer: networkd}";
        assertThat(one(BuiltinChoice.CHOICE, "amd64", "bookworm").renderer()).isEqualTo(Renderer.NETWORKD);
        target = new InstallTarget("", "squashfs", "", "network-manager");
        assertThat(one(BuiltinChoice.CHOICE, "amd64", "bookworm").renderer()).isEqualTo(Renderer.NETWORK_MANAGER);
    }

    @Test
    void aSourceThatIsMadeStandsBesideNoOther() {
        config = "vmtest:\n  source: tgz\nsources:\n  mine: {type: tgz, uri: 'http://h/root.tar.gz'}\n";

        var unused = cases(CURTIN, "amd64", "bookworm");

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "example.yaml:2:11: vmtest: 'source' makes a source, and the configuration names others under"
                                + " 'sources:'; leave one of them out");
    }

    @Test
    void aWholeDiskGetsNoLayerThatSaysWhatItsSystemIsTo() {
        config = "vmtest: {source: dd-raw, firmware: uefi}";

        TestCase test = one(BuiltinChoice.CHOICE, "amd64", "bookworm");

        assertThat(test.layers()).extracting(ConfigLayer::fileName).containsExactly("10-test.yaml");
        assertThat(test.config().installsDisk()).isTrue();
        config = "vmtest: {firmware: uefi}";
        assertThat(one(BuiltinChoice.CHOICE, "amd64", "bookworm").layers())
                .extracting(ConfigLayer::fileName)
                .contains("20-defaults.yaml", "30-grub.yaml");
    }

    @Test
    void aRendererThatNoImageHasIsRefused() {
        config = "vmtest:\n  renderer: netwrokd\n";
        assertThat(cases(BuiltinChoice.CHOICE, "amd64", "bookworm")).isEmpty();
        config = "{}";
        target = new InstallTarget("", "squashfs", "", "wicked");
        var unusedUnknown = cases(BuiltinChoice.CHOICE, "amd64", "bookworm");
        target = InstallTarget.SAME;
        config = "vmtest:\n  renderer: ifupdown\n";
        var unusedMirrored = cases(CURTIN, "amd64", "jammy");

        assertThat(problems.all())
                .extracting(Object::toString)
                .anySatisfy(text -> assertThat(text).contains("example.yaml:2:13", "did you mean 'networkd'"))
                .anySatisfy(text -> assertThat(text)
                        .contains("no renderer is called 'wicked'", "ifupdown, networkd, network-manager"))
                .anySatisfy(text -> assertThat(text)
                        .contains("example.yaml:2:13", "images of jammy are mirrored and have networkd, not ifupdown"));
    }

    @Test
    void releasesThatAreSupportedAreRun() {
        assertThat(cases(CURTIN, "amd64", "bookworm", "jammy", "noble-hwe"))
                .extracting(TestCase::title)
                .containsExactly("Example [bookworm]", "Example [jammy]", "Example [noble-hwe]");
        assertThat(cases(CURTIN, "amd64", "bookworm", "jammy", "noble-hwe"))
                .allSatisfy(test -> assertThat(test.skipReason()).isEmpty());
        assertThat(one(CURTIN, "amd64", "noble-hwe").directoryName()).isEqualTo("Example-noble-hwe");
        assertThat(one(CURTIN, "amd64", "noble-hwe").reproduce()).contains("--release noble-hwe");
    }

    @Test
    void othersAreSkippedWithTheReason() {
        assertThat(one(CURTIN, "amd64", "xenial-edge").skipReason()).contains("support of xenial ended on 2021-04-30");
        assertThat(one(CURTIN, "i386", "jammy").skipReason()).startsWith("jammy does not run on i386");
        assertThat(one(BuiltinChoice.CHOICE, "amd64", "jammy").skipReason())
                .isEqualTo("the built-in installer installs only releases whose images are built here (bookworm,"
                        + " trixie); --installer curtin installs jammy");
        archSkip = List.of("s390x");
        assertThat(one(CURTIN, "s390x", "jammy").skipReason()).isEqualTo("not for a host of architecture s390x");
        assertThat(one(CURTIN, "amd64", "jammy").skipReason()).isEmpty();
    }

    @Test
    void aReleaseWhoseSupportHasEndedIsRunByATestThatSupportsIt() {
        assertThat(one(CURTIN, "amd64", "xenial").skipReason()).startsWith("the support of xenial ended");
        supported = List.of("xenial", "focal");
        assertThat(one(CURTIN, "amd64", "xenial-hwe").skipReason()).isEmpty();
        assertThat(one(CURTIN, "i386", "focal").skipReason()).startsWith("focal does not run on i386");
        assertThat(one(CURTIN, "amd64", "centos70-from-xenial").skipReason()).isEmpty();
        assertThat(one(CURTIN, "amd64", "bionic").skipReason()).startsWith("the support of bionic ended");
        target = new InstallTarget("bionic", "squashfs");
        assertThat(one(CURTIN, "amd64", "xenial").skipReason()).startsWith("the support of bionic ended");

        supported = List.of();
        target = InstallTarget.SAME;
        config = "vmtest: {supported_releases: [xenial, bionic]}";
        assertThat(one(CURTIN, "amd64", "bionic").skipReason()).isEmpty();

        config = "vmtest: {supported_releases: xenail}";
        assertThat(cases(CURTIN, "amd64", "bionic")).isNotEmpty();
        assertThat(problems.all())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("example.yaml:1:9: Example: no release is called 'xenail'"));
    }

    @Test
    void aPeerIsMadeOfANetworkSection() {
        config = "vmtest: {network_peer: true}";
        assertThat(cases(CURTIN, "amd64", "bookworm")).isNotEmpty();
        assertThat(problems.all())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .isEqualTo(
                                "example.yaml:1:9: Example: a network peer is made of the network section, and there is"
                                        + " none; add 'network:', or leave 'network_peer' out"));
    }

    @Test
    void aTestHasAPeerIfItsConfigurationSaysSo() {
        config = "{vmtest: {network_peer: true}, network: {version: 2, ethernets: {lan: {dhcp4: true}}}}";
        assertThat(one(CURTIN, "amd64", "bookworm").hasPeer()).isTrue();
        config = "{vmtest: {network_peer: false}, network: {version: 2, ethernets: {lan: {dhcp4: true}}}}";
        assertThat(one(CURTIN, "amd64", "bookworm").hasPeer()).isFalse();
    }

    @Test
    void theKernelThatATestAsksForIsInstalledAndExpected() {
        target = new InstallTarget("", "squashfs", "linux-image-amd64", "");
        TestCase debian = one(CURTIN, "amd64", "bookworm");
        assertThat(debian.config().kernel().packageName()).isEqualTo("linux-image-amd64");
        assertThat(debian.config().kernel().install()).isTrue();
        assertThat(Releases.kernelPackage(debian)).isEqualTo("linux-image-amd64");
        assertThat(one(CURTIN, "amd64", "jammy-hwe").layers())
                .extracting(layer -> layer.fileName() + " " + ConfigText.json(layer.content()))
                .endsWith("80-kernel.yaml {\"kernel\":{\"package\":\"linux-image-amd64\",\"install\":true}}");

        target = InstallTarget.SAME;
        config = "vmtest: {target_kernel_package: linux-image-rt-amd64}";
        assertThat(one(BuiltinChoice.CHOICE, "amd64", "bookworm")
                        .config()
                        .kernel()
                        .packageName())
                .isEqualTo("linux-image-rt-amd64");

        config = "vmtest: {target_kernel_package: 'linux image'}";
        assertThat(cases(CURTIN, "amd64", "bookworm")).isEmpty();
        assertThat(problems.all().toString()).contains("example.yaml:1:33", "'linux image' is no name of a package");
    }

    @Test
    void aTestWhoseBugIsSkippedIsNotRun() {
        KnownIssues known = KnownIssues.parse("known.yaml", """
                known_issues:
                  - {test: Example, installer: curtin, pattern: x, reference: LP 1735046, expires: 2020-01-31}
                """);

        knownIssues = known.skipping(List.of("1735046"));
        assertThat(one(CURTIN, "amd64", "jammy").skipReason())
                .isEqualTo("CURTIN_VMTEST_SKIP_BY_DATE_BUGS names known issue LP 1735046 (known.yaml:2:5)");
        assertThat(one(BuiltinChoice.CHOICE, "amd64", "bookworm").skipReason()).isEmpty();
        knownIssues = known;
        assertThat(one(CURTIN, "amd64", "jammy").skipReason()).isEmpty();
    }

    @Test
    void aReleaseThatNobodyKnowsIsAProblem() {
        assertThat(cases(CURTIN, "amd64", "bookworm", "jamy")).isEmpty();
        assertThat(problems.all())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("example.yaml:1:1: no release is called 'jamy'")
                        .contains("'vmtest releases' lists them; did you mean 'jammy'?"));
    }

    @Test
    void theBaseSaysWhatIsInstalledUnlessTheTestDoes() {
        assertThat(one(CURTIN, "amd64", "jammy-hwe").target()).isEqualTo(new InstallTarget("jammy", "squashfs"));
        assertThat(one(CURTIN, "amd64", "centos70-from-bionic").target())
                .isEqualTo(new InstallTarget("centos70", "root-tgz"));
        target = new InstallTarget("trixie", "squashfs");
        assertThat(one(CURTIN, "amd64", "bookworm").targetRelease()).isEqualTo("trixie");
        target = new InstallTarget("xenial", "squashfs");
        assertThat(one(CURTIN, "amd64", "jammy").skipReason()).startsWith("the support of xenial ended");
        target = new InstallTarget("", "root-tgz");
        assertThat(one(CURTIN, "amd64", "jammy").target()).isEqualTo(new InstallTarget("jammy", "root-tgz"));
    }

    @Test
    void onlyTheLayersOfAReleaseDiffer() {
        List<TestCase> cases = cases(CURTIN, "amd64", "bookworm", "trixie", "jammy-hwe");

        assertThat(cases.get(0).layers()).isSameAs(cases.get(1).layers());
        assertThat(cases.get(0).merged().get("kernel"))
                .hasToString(cases.get(1).merged().get("kernel") + "");
        assertThat(cases.get(2).layers())
                .extracting(ConfigLayer::fileName)
                .containsExactly("10-test.yaml", "80-kernel.yaml");
    }

    @Test
    void whatACurtinReadsItselfIsSaidAndTheBuiltinInstallerRefusesIt() {
        config = """
                showtrace: true
                network:
                  version: 1
                  config:
                  - {type: physical, name: eth0, ipv4_conf: {rp_filter: 1}, subnets: [{type: dhcp, vrf: blue}]}
                showtrace: false
                """;

        TestCase test = one(CURTIN, "amd64", "jammy");
        assertThat(problems.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "example.yaml:5:34: warning: physical 'eth0': unknown key 'ipv4_conf'; it is left to the installer",
                        "example.yaml:5:84: warning: physical 'eth0': subnet: unknown key 'vrf'; it is left to the installer",
                        "example.yaml:6:1: warning: key 'showtrace' is given twice; the last one counts;"
                                + " remove it here or at example.yaml:1:1");
        assertThat(ConfigText.json(test.merged())).contains("\"rp_filter\":1", "\"showtrace\":false");

        assertThat(cases(BuiltinChoice.CHOICE, "amd64", "bookworm")).isEmpty();
        assertThat(problems.all())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        "example.yaml:5:34: physical 'eth0': unknown key 'ipv4_conf'; known keys are: "),
                        second -> assertThat(second).contains(":5:84: physical 'eth0': subnet: unknown key 'vrf'"),
                        third -> assertThat(third)
                                .isEqualTo("example.yaml:6:1: key 'showtrace' is given twice;"
                                        + " remove it here or at example.yaml:1:1"));
    }

    /** Choosing, ordering and announcing tests ask for the same; reading is most of what a run of nothing takes. */
    @Test
    void aConfigurationIsReadOnceHoweverOftenItIsAskedFor() {
        TestCases reader = new TestCases(SampleDefaults.of(CURTIN, KnownIssues.NONE, Fidelity.RESUME));
        TestDefinition definition = TestDefinition.ofConfig(
                "Example",
                new ConfigSource("example.yaml", "showtrace: true\nshowtrace: false\n"),
                List.of("bookworm", "trixie"));
        Problems first = new Problems();
        List<TestCase> both = reader.of(definition, definition.releases(), first);

        Problems again = new Problems();
        assertThat(reader.of(definition.forReleases(List.of("trixie")), List.of("trixie"), again))
                .singleElement()
                .isSameAs(both.get(1));
        assertThat(again.warnings()).isNotEmpty().isEqualTo(first.warnings());
        assertThat(reader.withAptProxy(null)).isSameAs(reader);
        assertThat(reader.withAptProxy("http://127.0.0.1:3142")
                        .of(definition, List.of("trixie"), new Problems())
                        .get(0))
                .isNotSameAs(both.get(1));
    }

    @Test
    void whatIsWrongOnOneReleaseSaysNothingOfOthers() {
        TestCases reader = new TestCases(SampleDefaults.of(BuiltinChoice.CHOICE, KnownIssues.NONE, Fidelity.RESUME));
        TestDefinition definition =
                TestDefinition.ofConfig("Example", new ConfigSource("example.yaml", "{}"), List.of("bookworm"));

        assertThat(reader.of(definition, List.of("bookworm", "nosuch"), problems))
                .isEmpty();
        assertThat(problems.isEmpty()).isFalse();
        assertThat(reader.of(definition, List.of("bookworm"), new Problems())).hasSize(1);
    }
}
