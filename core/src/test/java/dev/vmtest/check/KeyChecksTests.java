package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;
import dev.vmtest.installconfig.InstallConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Change what was collected of a Debian 12 guest that was installed and booted by UEFI, as an installer leaves it that
 * disregards one of the keys beside storage, network and apt.
 */
class KeyChecksTests {

    private static final String CONFIG = """
            grub:
              terminal: console
              probe_additional_os: false
              replace_linux_default: true
              update_nvram: true
              reorder_uefi: true
              remove_duplicate_entries: true
              remove_old_uefi_loaders: true
            kernel: {install: true, fallback-package: linux-image-cloud-amd64, remove: [linux-image-amd64]}
            pollinate: {user_agent: {app: '1.0+x', other: b/2}}
            cloudconfig:
              mine: {content: "#cloud-config\\n{}\\n", permissions: '0600'}
            system_upgrade: {enabled: true}
            kernel-crash-dumps: {enabled: false}
            multipath: {mode: force}
            disable_overlayroot: true
            install: {extra_rsync_args: ['--exclude=/usr/share/doc']}
            """;
    private static final Target TARGET = new Target(BootMode.UEFI, Distribution.DEBIAN);
    private static final String ENTRIES = "efibootmgr.out";
    private static final String SETTINGS = "etc_default_grub_d/50-curtin-settings.cfg";
    private static final String PACKAGES = "debian-packages.txt";
    private static final String AGENT = "etc_pollinate/add-user-agent";

    @TempDir
    Path directory;

    /** The boot loader's files are those of a real install; what needs packages that no image has is written as they do. */
    private static FakeSystem system(Path directory) {
        return FakeSystem.loader(directory)
                .write(AGENT, "app/1.0+x # written by curtin\nother/b/2 # written by curtin\n")
                .write("pollinate_print_user_agent", "app/1.0+x other/b/2\n")
                .write("switches/pollinate", "/usr/bin/pollinate\n")
                .write("switches/path-0", "absent\n")
                .write("switches/upgrade", "0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n")
                .write("switches/overlayroot", "/etc/overlayroot.local.conf.old\n")
                .write("expected-files/listing", "0\t600\troot:root\t17\n")
                .write("expected-files/0", "#cloud-config\n{}\n");
    }

    private static List<Check> checks(String yaml) {
        InstallConfig config = FakeSystem.config(yaml);
        return DerivedChecks.derive(config, TARGET).stream()
                .filter(check -> check.name()
                        .matches(
                                "(boot loader: |kernel: |pollinate: |cloudconfig |system_upgrade|kernel-crash|multipath: "
                                        + "|overlayroot: |extra_rsync).*"))
                .toList();
    }

    private static Set<String> failures(FakeSystem system, String yaml) {
        return Check.holdAll(checks(yaml), system.facts()).stream()
                .filter(result -> result.verdict() == CheckVerdict.FAILED)
                .map(CheckResult::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<Mutation> mutations() {
        return Stream.of(loader(), firmware(), packages(), files()).flatMap(stream -> stream);
    }

    private static Stream<Mutation> loader() {
        return Stream.of(
                mutation(
                        "the terminal is another",
                        system -> system.replace(SETTINGS, "GRUB_TERMINAL=\"console\"", "GRUB_TERMINAL=\"gfxterm\""),
                        "boot loader: terminal"),
                mutation(
                        "a later file overrides the terminal",
                        system -> system.write("etc_default_grub_d/60-late.cfg", "GRUB_TERMINAL=serial\n"),
                        "boot loader: terminal"),
                mutation(
                        "the menu was not written again",
                        system -> system.replace(
                                "boot-loader/grub.cfg", "terminal_output console", "terminal_output gfxterm"),
                        "boot loader: terminal"),
                mutation(
                        "other systems are looked for",
                        system -> system.removeLines(SETTINGS, "GRUB_DISABLE_OS_PROBER"),
                        "boot loader: search for other systems"),
                mutation(
                        "the default arguments are the distribution's",
                        system -> system.replace("etc_default_grub", "=\"console=ttyS0\"", "=\"quiet\""),
                        "boot loader: kernel arguments"),
                mutation(
                        "the default arguments did not reach the kernel",
                        system -> system.replace("proc_cmdline", " console=ttyS0", ""),
                        "boot loader: kernel arguments"));
    }

    private static Stream<Mutation> firmware() {
        return Stream.of(
                mutation(
                        "the firmware has no entry",
                        system -> system.removeLines(ENTRIES, "Boot0001"),
                        "boot loader: firmware entry",
                        "boot loader: firmware order"),
                mutation(
                        "the firmware started by another entry",
                        system -> system.replace(ENTRIES, "BootCurrent: 0001", "BootCurrent: 0003"),
                        "boot loader: firmware entry"),
                mutation(
                        "another entry is before the system's",
                        system -> system.replace(ENTRIES, "BootOrder: 0001,0000", "BootOrder: 0000,0001"),
                        "boot loader: firmware order"),
                mutation(
                        "an entry is there twice",
                        system -> system.append(
                                ENTRIES,
                                "Boot000B* debian\tHD(1,GPT,331a4902-3f3c-ee4e-8282-c17f5d3635e7,0x800,0x100000)"
                                        + "/File(\\EFI\\debian\\shimx64.efi)\n"),
                        "boot loader: firmware entries are unlike"),
                mutation(
                        "the entry of an earlier system is left",
                        system -> system.append(
                                ENTRIES,
                                "Boot000B* earlier\tHD(1,GPT,331a4902-3f3c-ee4e-8282-c17f5d3635e7,0x800,0x100000)"
                                        + "/File(\\EFI\\earlier\\grubx64.efi)\n"),
                        "boot loader: no earlier firmware entry"));
    }

    private static Stream<Mutation> packages() {
        return Stream.of(
                mutation(
                        "the fallback kernel is not there",
                        system -> system.removeLines(PACKAGES, "\tlinux-image-cloud-amd64\t"),
                        "kernel: fallback package"),
                mutation(
                        "a kernel was not removed",
                        system -> system.append(PACKAGES, "install ok installed\tlinux-image-amd64\t6.1.1\n"),
                        "kernel: removed linux-image-amd64"),
                mutation(
                        "packages were not upgraded",
                        system -> system.write(
                                "switches/upgrade", "3 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n"),
                        "system_upgrade: nothing left to upgrade"),
                mutation(
                        "the upgrade could not be looked for",
                        system -> system.write("switches/upgrade", "E: Could not get lock\n"),
                        "system_upgrade: nothing left to upgrade"),
                mutation(
                        "memory is kept for crash dumps",
                        system -> system.replace("proc_cmdline", " ro ", " ro crashkernel=256M "),
                        "kernel-crash-dumps"),
                mutation(
                        "multipath was not forced",
                        system -> system.removeLines(PACKAGES, "\tmultipath-tools-boot\t"),
                        "multipath: package"));
    }

    private static Stream<Mutation> files() {
        return Stream.of(
                mutation(
                        "a word of the user agent is missing",
                        system -> system.removeLines(AGENT, "other/b/2"),
                        "pollinate: other"),
                mutation(
                        "the user agent has another version",
                        system -> system.replace(AGENT, "app/1.0+x", "app/1.0"),
                        "pollinate: app"),
                mutation(
                        "the user agent was not written",
                        system -> system.delete(AGENT),
                        "pollinate: app",
                        "pollinate: other"),
                mutation(
                        "the client says another user agent",
                        system -> system.write("pollinate_print_user_agent", "other/b/2\n"),
                        "pollinate: app"),
                mutation(
                        "a path was copied all the same",
                        system -> system.write("switches/path-0", "there\n"),
                        "extra_rsync_args /usr/share/doc: left out"),
                mutation(
                        "the overlay is left on",
                        system -> system.write("switches/overlayroot", "/etc/overlayroot.local.conf\n"),
                        "overlayroot: off"),
                mutation(
                        "cloud-init's file is another",
                        system -> system.write("expected-files/0", "#cloud-config\n{a: b}\n"),
                        "cloudconfig mine: content"),
                mutation(
                        "cloud-init's file may be read by all",
                        system -> system.replace("expected-files/listing", "\t600\t", "\t644\t"),
                        "cloudconfig mine: permissions"),
                mutation(
                        "cloud-init's file is somebody's",
                        system -> system.replace("expected-files/listing", "root:root", "nobody:root"),
                        "cloudconfig mine: owner"));
    }

    @Test
    void aSystemAsItWasAskedForPasses() {
        assertThat(failures(system(directory), CONFIG)).isEmpty();
        assertThat(checks(CONFIG))
                .allSatisfy(check -> assertThat(check.source()).startsWith("layout.yaml:"));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void everyMutationFailsExactlyItsChecks(Mutation mutation) {
        FakeSystem system = system(directory);
        mutation.change().accept(system);

        assertThat(failures(system, CONFIG)).containsExactlyInAnyOrderElementsOf(mutation.caughtBy());
    }

    @Test
    void everyCheckIsShownToFail() {
        Set<String> proven =
                mutations().flatMap(mutation -> mutation.caughtBy().stream()).collect(Collectors.toSet());

        assertThat(checks(CONFIG)).extracting(Check::name).containsExactlyInAnyOrderElementsOf(proven);
    }

    @Test
    void whatIsTurnedAroundFailsOnTheSameSystem() {
        assertThat(failures(system(directory), """
                        grub: {terminal: serial, probe_additional_os: true, replace_linux_default: false, update_nvram: false}
                        kernel-crash-dumps: {enabled: true}
                        pollinate: {user_agent: false}
                        kernel: {remove: existing}
                        """))
                .containsExactly(
                        "boot loader: firmware entry",
                        "boot loader: kernel arguments",
                        "boot loader: search for other systems",
                        "boot loader: terminal",
                        "kernel-crash-dumps",
                        "pollinate: no user agent");
        assertThat(failures(
                        system(directory).append(PACKAGES, "install ok installed\tlinux-image-6.1.0-1-amd64\t6.1.1\n"),
                        "kernel: {remove: existing}\n"))
                .containsExactly("kernel: one is left");
    }

    /** The row that is for this kernel names a package; rows for others, and for other systems, are decoys. */
    @Test
    void aTableOfKernelsNamesThePackage() {
        String yaml = """
                kernel:
                  fallback-package: linux-image-cloud-amd64
                  mapping:
                    bookworm: {6.1.0: -mine, 6.2.0: -later}
                    trixie: {6.1.0: -other}
                """;
        String installed = "install ok installed\tlinux-cloud-amd64-mine\t1.0\n";
        String offered = "linux-cloud-amd64-mine\n";

        assertThat(failures(mapped("").append(PACKAGES, installed), yaml)).isEmpty();
        assertThat(failures(mapped(offered), yaml)).containsExactly("kernel: by mapping");
        assertThat(failures(mapped(""), yaml)).isEmpty();
        assertThat(failures(mapped("").removeLines(PACKAGES, "\tlinux-image-cloud-amd64\t"), yaml))
                .containsExactly("kernel: fallback package");
        assertThat(failures(mapped(""), yaml.replace("  fallback-package: linux-image-cloud-amd64\n", "")))
                .containsExactly("kernel: by mapping");
        assertThat(Check.holdAll(checks(yaml), mapped(offered).facts()))
                .filteredOn(result -> result.name().equals("kernel: by mapping"))
                .extracting(CheckResult::source)
                .containsExactly("layout.yaml:4:16");
    }

    private FakeSystem mapped(String offered) {
        return system(directory)
                .write("kernels/running", "6.1.0-49-cloud-amd64\n")
                .write("kernels/offered", offered);
    }

    @Test
    void whatASystemCannotHaveIsNotJudged() {
        FakeSystem system = system(directory).write("switches/pollinate", "");
        assertThat(Check.holdAll(checks(CONFIG), system.facts()))
                .filteredOn(result -> result.verdict() == CheckVerdict.NOT_JUDGED)
                .extracting(CheckResult::name)
                .containsExactly("pollinate: app", "pollinate: other");
        assertThat(DerivedChecks.derive(
                        FakeSystem.config("grub: {update_nvram: true, reorder_uefi: false}\n"), FakeSystem.TARGET))
                .filteredOn(check -> check.notJudged().isPresent())
                .extracting(Check::name)
                .containsExactly("boot loader: firmware entry", "boot loader: firmware order");
    }
}
