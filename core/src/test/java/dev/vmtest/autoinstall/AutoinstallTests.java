package dev.vmtest.autoinstall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.Stage;
import dev.vmtest.installconfig.StageCommand;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What each section becomes, and where it then stands. */
class AutoinstallTests {

    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKr6Ys1fTzQkq4Rk0M3v0m6iQWk1 someone@host";

    @Test
    void aConfigurationOfCurtinIsLeftAlone() {
        MapValue root = ConfigFiles.parse("c.yaml", "storage: {version: 1, config: []}\n", new Problems());

        assertThat(Autoinstall.toInstallConfig(root, new Problems())).isSameAs(root);
        assertThat(Autoinstall.isAutoinstall(root)).isFalse();
    }

    @Test
    void theSettingsMayStandAtTheTop() {
        AutoinstallFile file = AutoinstallFile.of("""
                version: 1
                identity: {hostname: box, username: someone, password: "$6$x"}
                timezone: Europe/London
                vmtest: {memory: 3G}
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.remarks()).isEmpty();
        assertThat(file.installConfig().vmtest().memory()).isEqualTo(3072);
        assertThat(file.place("vmtest", "expect", "timezone")).isEqualTo("3:11");
    }

    @Test
    void cloudConfigBesideConcernsTheInstallersEnvironment() {
        AutoinstallFile file = AutoinstallFile.of("#cloud-config\nautoinstall:\n  version: 1\n"
                + AutoinstallFile.IDENTITY + "chpasswd: {expire: false}\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.remarks())
                .containsExactly(
                        "user-data:5:1: not done: 'chpasswd' beside 'autoinstall:' concerns the installer's own"
                                + " environment");
    }

    @Test
    void theTargetLiesWhereCommandsLookForIt() {
        AutoinstallFile file = AutoinstallFile.with("");

        assertThat(file.installConfig().install().target()).isEqualTo("/target");
        assertThat(file.installConfig().install().saveInstallConfig()).isNull();
        assertThat(file.installConfig().install().saveInstallLog()).isNull();
    }

    @Test
    void theUserIsMadeDuringTheInstall() {
        AutoinstallFile file = AutoinstallFile.with("  ssh: {authorized-keys: ['" + KEY + "']}\n");

        StageCommand command =
                file.installConfig().commands(Stage.LATE).commands().get(0);
        assertThat(command.location()).hasToString("user-data:3:39");
        assertThat(command.argv())
                .startsWith("curtin", "in-target", "--", "sh", "-c")
                .contains("someone");
        assertThat(file.plain("write_files", "autoinstall-hostname", "content")).isEqualTo("box\n");
        assertThat(file.place("write_files", "autoinstall-hostname")).isEqualTo("3:24");
        assertThat(file.plain("write_files", "autoinstall-cloud-config", "content")
                        .toString())
                .startsWith("#cloud-config\n")
                .contains("preserve_hostname: true", "lock_passwd: false", KEY);
        assertThat(file.plain("vmtest", "expect", "users"))
                .isEqualTo(List.of(Map.of("name", "someone", "password", "$6$x", "authorized_keys", List.of(KEY))));
    }

    @Test
    void aHashIsInNoCommandAndInNoFileThatOthersRead() {
        AutoinstallFile file = AutoinstallFile.with("");

        assertThat(file.installConfig().commands(Stage.LATE).commands())
                .allSatisfy(command -> assertThat(command.toString()).doesNotContain("$6$x"));
        assertThat(file.installConfig().writeFiles())
                .filteredOn(written -> written.content().reveal().contains("$6$x"))
                .singleElement()
                .satisfies(written -> assertThat(written.isPrivate()).isTrue());
        assertThat(file.installConfig().vmtest().expected().users())
                .allSatisfy(user -> assertThat(user.toString()).doesNotContain("$6$x"));
    }

    @Test
    void groupsThatAreNamedReplaceTheUsualOnesOrComeWithThem() {
        assertThat(words("groups: [sudo, adm]")).endsWith("sudo,adm", "");
        assertThat(words("groups: {override: [sudo]}")).endsWith("sudo", "");
        assertThat(words("groups: {append: [docker]}")).endsWith("docker", UserSections.USUAL_GROUPS);
        assertThat(words("realname: Some One").subList(7, 10)).containsExactly("someone", "Some One", "");
    }

    private static List<String> words(String more) {
        return AutoinstallFile.of("autoinstall:\n  version: 1\n  identity: {hostname: box, username: someone,"
                        + " password: \"$6$x\", " + more + "}\n")
                .installConfig()
                .commands(Stage.LATE)
                .commands()
                .get(0)
                .argv();
    }

    @Test
    void usersOfUserDataAreMadeAtTheFirstBoot() {
        AutoinstallFile file = AutoinstallFile.of("""
                autoinstall:
                  version: 1
                  user-data:
                    hostname: box
                    users:
                      - default
                      - {name: one, passwd: "$6$y", lock_passwd: false}
                      - {name: two, passwd: "$6$z"}
                    power_state: {mode: reboot}
                    runcmd: [[touch, /ran]]
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.plain("write_files", "autoinstall-cloud-config", "content")
                        .toString())
                .contains("- default", "name: one", "name: two", "runcmd:")
                .doesNotContain("power_state");
        assertThat(file.plain("vmtest", "expect", "users"))
                .isEqualTo(List.of(Map.of("name", "one", "password", "$6$y"), Map.of("name", "two", "locked", true)));
        assertThat(file.place("vmtest", "expect", "users", 1, "name")).isEqualTo("8:16");
        assertThat(file.remarks())
                .containsExactly(
                        "user-data:9:5: not done: user-data: vmtest's own first boot decides about 'power_state'",
                        "user-data:10:5: not judged: user-data: what cloud-init makes of 'runcmd' at the first boot");
    }

    @Test
    void commandsKeepTheirOrderAndPlaces() {
        AutoinstallFile file = AutoinstallFile.with("""
                  early-commands:
                    - echo early
                  late-commands:
                    - echo first
                    - [curtin, in-target, --, echo, second]
                  error-commands: [echo no]
                """);

        List<StageCommand> late = file.installConfig().commands(Stage.LATE).commands();
        assertThat(late.subList(late.size() - 2, late.size()))
                .extracting(StageCommand::shell, StageCommand::argv)
                .containsExactly(
                        tuple(true, List.of("echo first")),
                        tuple(false, List.of("curtin", "in-target", "--", "echo", "second")));
        assertThat(late.get(late.size() - 1).location()).hasToString("user-data:8:7");
        assertThat(file.installConfig().commands(Stage.EARLY).commands()).hasSize(1);
        assertThat(file.remarks()).singleElement().asString().startsWith("user-data:9:19: not done: error-commands");
    }

    @Test
    void packagesAreInstalledOneByOneAndExpected() {
        AutoinstallFile file = AutoinstallFile.with(
                "  packages: [git, 'vim=2:9', 'dns-server^']\n  ssh: {install-server: true, allow-pw: false}\n");

        assertThat(file.plain("vmtest", "expect", "packages")).isEqualTo(List.of("git", "openssh-server"));
        assertThat(file.place("late_commands", "autoinstall-3-package-0001")).isEqualTo("4:19");
        assertThat(file.plain("write_files", "autoinstall-cloud-config", "content")
                        .toString())
                .contains("ssh_pwauth: false");
        assertThat(file.remarks())
                .extracting(remark -> remark.split(" ", 2)[0])
                .containsExactlyInAnyOrder("user-data:4:19:", "user-data:4:30:", "user-data:5:41:");
    }

    @Test
    void aptGoesOnToCurtinButForTheChoiceOfAMirror() {
        AutoinstallFile file = AutoinstallFile.with("""
                  apt:
                    geoip: true
                    mirror-selection: {primary: [country-mirror]}
                    fallback: abort
                    disable_components: []
                    preserve_sources_list: false
                    sources: {mine: {source: "deb http://example.com stable main"}}
                """);

        assertThat(file.plain("apt").toString())
                .contains("preserve_sources_list=false", "mine")
                .doesNotContain("geoip");
        assertThat(file.place("apt", "sources")).isEqualTo("10:14");
        assertThat(file.remarks())
                .containsExactly(
                        "user-data:5:5: not done: apt: no mirror is chosen (geoip, mirror-selection, fallback);"
                                + " the image's own package sources stay");
    }

    @Test
    void sourcesThatOnlyAChosenMirrorWouldReplaceStay() {
        AutoinstallFile file = AutoinstallFile.with("  apt: {preserve_sources_list: false}\n");

        assertThat(file.has("apt")).isFalse();
        assertThat(file.remarks()).hasSize(1);
    }

    @Test
    void settingsOfTheSystemBecomeFilesAndCommands() {
        AutoinstallFile file = AutoinstallFile.with("""
                  locale: de_DE
                  keyboard: {layout: "us,gr", variant: ",simple", toggle: alt_shift_toggle}
                  timezone: Europe/London
                  proxy: http://squid:3128
                  debconf-selections: "a b boolean true"
                  kernel-crash-dumps: {enabled: false}
                """);

        assertThat(file.plain("write_files", "autoinstall-locale", "content")).isEqualTo("LANG=de_DE.UTF-8\n");
        assertThat(file.plain("write_files", "autoinstall-keyboard", "content").toString())
                .contains("XKBLAYOUT=\"us,gr\"", "XKBVARIANT=\",simple\"", "XKBOPTIONS=\"grp:alt_shift_toggle\"");
        assertThat(file.plain("vmtest", "expect", "timezone")).isEqualTo("Europe/London");
        assertThat(file.place("late_commands", "autoinstall-4-timezone")).isEqualTo("6:13");
        assertThat(file.plain("proxy", "https_proxy")).isEqualTo("http://squid:3128");
        assertThat(file.plain("apt", "http_proxy")).isEqualTo("http://squid:3128");
        assertThat(file.plain("debconf_selections", "autoinstall")).isEqualTo("a b boolean true");
        assertThat(file.plain("kernel-crash-dumps", "enabled")).isEqualTo(false);
    }

    @Test
    void aKernelIsInstalledUnlessItIsAChoiceAmongUbuntus() {
        assertThat(AutoinstallFile.with("  kernel: {package: linux-image-rt-amd64}\n")
                        .plain("kernel", "package"))
                .isEqualTo("linux-image-rt-amd64");
        for (String kernel :
                List.of("package: linux-generic", "flavor: hwe", "package: linux-image-generic-hwe-24.04")) {
            AutoinstallFile file = AutoinstallFile.with("  kernel: {" + kernel + "}\n");
            assertThat(file.has("kernel")).isFalse();
            assertThat(file.remarks()).singleElement().asString().contains("not done: kernel: ");
        }
    }

    @Test
    void aWebhookIsReportedToAndOthersAreSaid() {
        AutoinstallFile file = AutoinstallFile.with(
                "  reporting: {a: {type: webhook, endpoint: 'http://h/'}, b: {type: print}, c: {type: none}}\n");

        assertThat(file.installConfig().reporting())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.endpoint()).hasToString("http://h/"));
        assertThat(file.remarks()).hasSize(2);
    }

    @Test
    void aNetworkGetsTheAddressesOfTheMachine() {
        AutoinstallFile file = AutoinstallFile.with("""
                  network:
                    version: 2
                    ethernets:
                      enp5s0: {dhcp4: true}
                      any: {match: {name: "en*"}, dhcp6: true}
                      mine: {match: {macaddress: '52:54:00:00:00:09'}, dhcp4: true}
                """);

        assertThat(file.plain("network", "ethernets", "enp5s0"))
                .isEqualTo(Map.of(
                        "dhcp4", true, "match", Map.of("macaddress", "52:54:00:12:34:01"), "set-name", "enp5s0"));
        assertThat(file.plain("network", "ethernets", "any", "set-name")).isEqualTo("en0");
        assertThat(file.plain("network", "ethernets", "any", "match", "macaddress"))
                .isEqualTo("52:54:00:12:34:02");
        assertThat(file.place("network", "ethernets", "any", "dhcp6")).isEqualTo("8:42");
        assertThat(Objects.requireNonNull(file.installConfig().network()).macAddresses())
                .hasSize(3);
        assertThat(file.remarks()).hasSize(2).allMatch(remark -> remark.contains("not judged: network: "));
    }

    @Test
    void aNetworkMayStandOneKeyDeeper() {
        AutoinstallFile file =
                AutoinstallFile.with("  network: {network: {version: 2, ethernets: {eth0: {dhcp4: true}}}}\n");

        assertThat(file.plain("network", "version").toString()).isEqualTo("2");
    }

    @Test
    void whatIsLeftOutIsSaidByNameAndLine() {
        AutoinstallFile file = AutoinstallFile.with("""
                  refresh-installer: {update: true}
                  source: {id: ubuntu-server, search_drivers: true}
                  codecs: {install: true}
                  drivers: {install: true}
                  oem: {install: true}
                  snaps: [{name: etcd}]
                  ubuntu-pro: {token: C1NWcZTHLteJXGVMM6YhvHDpGrhyy7}
                  active-directory: {admin-name: me, domain-name: ad}
                  updates: all
                  shutdown: poweroff
                  zdevs: [{id: 0.0.1507, enabled: true}]
                  interactive-sections: [network]
                  pakages: [vim]
                  error-commands: [echo no]
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.remarks())
                .extracting(remark -> remark.split(":", 3)[1])
                .containsOnlyOnce("4", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17")
                .contains("5");
        assertThat(file.remarks())
                .anyMatch(remark -> remark.endsWith("did you mean 'packages'?"))
                .noneMatch(remark -> remark.contains("C1NW"));
    }

    @Test
    void whatAsksForNothingIsNotSaid() {
        AutoinstallFile file = AutoinstallFile.with("""
                  codecs: {install: false}
                  drivers: {install: false}
                  oem: {install: auto}
                  snaps: []
                  zdevs: []
                  error-commands: []
                  refresh-installer: {update: false, channel: stable}
                  interactive-sections: []
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.remarks()).isEmpty();
    }
}
