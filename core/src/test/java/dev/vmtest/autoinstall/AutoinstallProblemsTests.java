package dev.vmtest.autoinstall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each thing that can be wrong with an autoinstall file, said once, with its place and what to do. */
class AutoinstallProblemsTests {

    private static final String SECTIONS = "autoinstall:\n  version: 1\n" + AutoinstallFile.IDENTITY;

    /** Whole files, and what is said after the file's name. */
    static Stream<Arguments> files() {
        return Stream.of(
                arguments(
                        "autoinstall: yes\n",
                        "1:14: autoinstall: must be a mapping, not a boolean; write 'version: 1'"
                                + " and the other sections below it"),
                arguments(
                        "autoinstall:\n",
                        "1:13: autoinstall: must be a mapping, not null; write 'version: 1' and the"
                                + " other sections below it"),
                arguments(
                        "autoinstall:\n" + AutoinstallFile.IDENTITY,
                        "2:3: autoinstall: 'version' is missing; write" + " 'version: 1'"),
                arguments(
                        "autoinstall:\n  version: 2\n" + AutoinstallFile.IDENTITY,
                        "2:12: autoinstall: 'version' must" + " be the number 1"),
                arguments(
                        "autoinstall:\n  version: \"1\"\n" + AutoinstallFile.IDENTITY,
                        "2:12: autoinstall: 'version'" + " must be the number 1; remove the quotes"),
                arguments(
                        "autoinstall:\n  version: 1\n",
                        "2:3: autoinstall: there is neither 'identity' nor 'user-data';"
                                + " say who may log in: 'identity:' with hostname, username and password"),
                arguments(
                        "autoinstall:\n  version: 1\nidentity: {hostname: h, username: u, password: '!'}\n",
                        "3:1:"
                                + " 'identity' stands beside 'autoinstall:', where the installer does not read it; indent it"
                                + " below 'autoinstall:'"),
                arguments(
                        "autoinstall:\n  version: 1\n  user-data: [a]\n",
                        "3:14: autoinstall: 'user-data' must be a" + " mapping, not a list"),
                arguments(
                        SECTIONS + "vmtest: {disks: [{id: disk9, size: 5G}]}\n",
                        "4:18: vmtest: no disk action has the" + " id 'disk9'; did you mean 'disk0'?"),
                arguments(
                        SECTIONS + "vmtest: {disks: [{id: disk0, size: 1G}]}\n",
                        "2:3: layout: a disk of 1G is too"
                                + " small for the layout lvm; give 'disk0' at least 7G in 'vmtest: disks'"),
                arguments(SECTIONS + "vmtest: 3\n", "4:1: 'vmtest' must be a mapping"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("files")
    void aWrongFileIsSaid(String text, String problem) {
        assertThat(AutoinstallFile.of(text).problems()).containsExactly("user-data:" + problem);
    }

    /** What stands in line 4, and what is said of it after the line. */
    static Stream<Arguments> sections() {
        return Stream.of(
                arguments("late-commands: echo done", "18: autoinstall: 'late-commands' must be a list, not a string"),
                arguments(
                        "late-commands: [{echo done: yes}]",
                        "19: autoinstall: a command of 'late-commands' must be a line of shell or a list of words, not a"
                                + " mapping; a ': ' inside needs quotes around the whole line"),
                arguments(
                        "early-commands: [5]",
                        "20: autoinstall: a command of 'early-commands' must be a line of shell or a list of words, not"
                                + " an integer"),
                arguments("late-commands: [[]]", "19: autoinstall: a command of 'late-commands' is empty"),
                arguments("late-commands: ['']", "19: autoinstall: a command of 'late-commands' is empty"),
                arguments(
                        "late-commands: [[sleep, 5]]",
                        "27: autoinstall: a command of 'late-commands' must list texts, not an integer"),
                arguments("packages: vim", "13: autoinstall: 'packages' must be a list, not a string"),
                arguments("packages: [vim, 3]", "19: autoinstall: 'packages' must list names, not an integer"),
                arguments("kernel: {}", "11: kernel: either 'package' or 'flavor' must be there; add one of them"),
                arguments(
                        "kernel: {package: a, flavor: b}",
                        "11: kernel: either 'package' or 'flavor' must be there; remove one of them"),
                arguments("locale: $(reboot)", "11: autoinstall: '$(reboot)' is no locale; write it like en_US.UTF-8"),
                arguments(
                        "timezone: ../../etc",
                        "13: autoinstall: '../../etc' is no time zone; write it like Europe/London"),
                arguments("keyboard: {variant: x}", "13: keyboard: 'layout' is missing; add 'layout:'"),
                arguments(
                        "keyboard: {layout: 'us,gr', variant: 'a,b,c'}",
                        "40: keyboard: 2 layouts have 3 variants; write one for each, such as 'us,gr' and ',simple'"),
                arguments(
                        "keyboard: {layout: 'us\"; reboot'}",
                        "22: keyboard: 'layout' must be letters, digits and _ , - only, not 'us\"; reboot'"),
                arguments("proxy: squid", "10: autoinstall: 'proxy' is no address of a proxy; write http://HOST:PORT"),
                arguments("ssh: {install-server: sure}", "25: ssh: 'install-server' must be true or false, not 'sure'"),
                arguments(
                        "ssh: {authorized-keys: [no key]}",
                        "27: ssh: this is no public key; write one line such as 'ssh-ed25519 AAAA… user@host'"),
                arguments("ssh: {alow-pw: true}", "9: ssh: unknown key 'alow-pw'; did you mean 'allow-pw'?"),
                arguments(
                        "shutdown: halt", "13: autoinstall: 'shutdown' can't be 'halt'; use one of: reboot, poweroff"),
                arguments("updates: none", "12: autoinstall: 'updates' can't be 'none'; use one of: security, all"),
                arguments("snaps: [{channel: edge}]", "11: snap: 'name' is missing; add 'name:'"),
                arguments(
                        "reporting: {a: {type: pigeon}}",
                        "25: reporting 'a': 'type' can't be 'pigeon'; use print, none, rsyslog or webhook"),
                arguments(
                        "interactive-sections: network",
                        "25: autoinstall: 'interactive-sections' must be a list, not a string"),
                arguments("kernel-crash-dumps: {}", "23: kernel-crash-dumps: 'enabled' is missing; add 'enabled:'"),
                arguments(
                        "apt: {fallback: never}",
                        "19: apt: 'fallback' can't be 'never'; use abort, continue-anyway or offline-install"),
                arguments(
                        "apt: {mirror-selection: []}",
                        "27: apt: 'mirror-selection' can't be a list; write 'primary:' below it"),
                arguments(
                        "network: {version: 1, config: []}",
                        "22: network: autoinstall takes version 2, netplan's format; write the section as netplan has it"),
                arguments(
                        "network: {ethernets: {}}",
                        "12: network: 'version' is missing; write 'version: 2', netplan's format"),
                arguments("source: {ids: a}", "12: source: unknown key 'ids'; did you mean 'id'?"),
                arguments(
                        "storage: {swap: {size: 0}}",
                        "12: storage: there is neither 'layout' nor 'config'; add 'layout: {name: lvm}', or a list of"
                                + " actions"),
                arguments(
                        "storage: {layout: {name: hybrid}}",
                        "28: layout: layout hybrid is not done: it installs Ubuntu's kernel as a snap, sealed by a TPM"
                                + " that the machine has not; use lvm, direct, or 'config:' with actions"),
                arguments(
                        "storage: {layout: {name: zfs}}",
                        "28: layout: layout zfs is not done: it names what is in its pools by chance, so that"
                                + " nothing could be expected of it; use lvm, direct, or 'config:' with"
                                + " actions"),
                arguments(
                        "storage: {layout: {name: lvn}}",
                        "28: layout: 'name' can't be 'lvn'; use lvm, direct, or 'config:' with actions"),
                arguments(
                        "storage: {layout: {match: {}}}",
                        "21: layout: 'name' is missing; write 'name: lvm' or 'name: direct'"),
                arguments(
                        "storage: {layout: {name: lvm, sizing-policy: some}}",
                        "48: layout: 'sizing-policy' can't be 'some'; use one of: scaled, all"),
                arguments(
                        "storage: {layout: {name: lvm, passwort: x}}",
                        "33: layout: unknown key 'passwort'; did you mean 'password'?"),
                arguments(
                        "storage: {layout: {name: lvm, match: {size: biggest}}}",
                        "47: match: 'size' can't be 'biggest'; use one of: largest, smallest"),
                arguments(
                        "storage: {layout: {name: lvm, match: largest}}",
                        "40: match: must be a mapping, not a string; write 'match: {size: largest}'"),
                arguments(
                        "storage: {layout: {name: lvm, match: {install-media: true}}}",
                        "56: match: the install environment of a run is on no disk that could be installed to; match"
                                + " another disk"),
                arguments(
                        "storage: {layout: {name: lvm, recovery-key: true}}",
                        "47: layout: a recovery key needs encryption; add 'password:'"),
                arguments(
                        "storage: {layout: {name: direct, reset-partition-only: true}}",
                        "58: layout: 'reset-partition-only' installs no system that could be booted; remove the key"),
                arguments("storage: {config: 7}", "21: storage: 'config' must be a list, not an integer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sections")
    void aWrongSectionIsSaid(String section, String problem) {
        assertThat(AutoinstallFile.with("  " + section + "\n").problems()).containsExactly("user-data:4:" + problem);
    }

    /** What stands in an identity after its host name, and what is said. */
    static Stream<Arguments> identities() {
        return Stream.of(
                arguments(
                        "username: Some.One, password: '!'",
                        "3:37: identity: 'Some.One' can't name a user; use small letters, digits, - and _, not first a"
                                + " digit or -"),
                arguments(
                        "username: " + "a".repeat(33) + ", password: '!'",
                        "3:37: identity: 'username' has 33 characters; use at most 32"),
                arguments(
                        "username: admin, password: '!'",
                        "3:37: identity: the system has a user or group 'admin' of its own; choose another"),
                arguments("username: u", "3:13: identity: 'password' is missing; add 'password:'"),
                arguments(
                        "username: u, password: '!', shell: zsh",
                        "3:55: identity: unknown key 'shell'; known keys are: groups, hostname, password, realname,"
                                + " username"),
                arguments(
                        "username: u, password: '!', realname: 'a:b'",
                        "3:65: identity: 'realname' must have no colon and one line"),
                arguments("username: u, password: '!', groups: [a b]", "3:63: identity: 'a b' can't name a group"),
                arguments(
                        "username: u, password: '!', groups: {override: [a], append: [b]}",
                        "3:87: identity: groups: 'override' and 'append' exclude each other; keep one of them"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("identities")
    void aWrongIdentityIsSaid(String keys, String problem) {
        assertThat(AutoinstallFile.of("autoinstall:\n  version: 1\n  identity: {hostname: b, " + keys + "}\n")
                        .problems())
                .containsExactly("user-data:" + problem);
    }

    @Test
    void aPasswordThatIsNoHashIsNotRepeated() {
        AutoinstallFile file = AutoinstallFile.of(
                "autoinstall:\n  version: 1\n  identity: {hostname: b, username: u, password: secretword}\n");

        assertThat(file.problems())
                .singleElement()
                .asString()
                .startsWith("user-data:3:50: identity: 'password' is no hash")
                .doesNotContain("secretword");
    }

    @Test
    void everythingIsSaidAtOnce() {
        assertThat(AutoinstallFile.of("""
                        autoinstall:
                          version: 3
                          identity: {hostname: my_box, username: someone}
                          packages: vim
                          storage: {layout: {name: lvn}}
                        """).problems())
                .extracting(problem -> problem.split(":", 3)[1])
                .isEqualTo(List.of("2", "3", "3", "4", "5"));
    }

    @Test
    void manyUnknownKeysAreCounted() {
        StringBuilder keys = new StringBuilder();
        for (int index = 0; index < 30; index++) {
            keys.append("  key").append(index).append(": 1\n");
        }

        assertThat(AutoinstallFile.with(keys.toString()).remarks())
                .hasSize(21)
                .last()
                .asString()
                .endsWith("10 more keys that autoinstall does not have");
    }
}
