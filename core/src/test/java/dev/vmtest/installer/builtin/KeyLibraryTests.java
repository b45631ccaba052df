package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Run the parts of the shell library that serve keys beside storage and network, under dash. */
class KeyLibraryTests {

    /** Firmware as efibootmgr prints it, with an entry of an earlier system and one that is there twice. */
    private static final String FIRMWARE = """
            BootCurrent: %s
            Timeout: 0 seconds
            BootOrder: 0000,0001,0002,0003,0004
            Boot0000* UiApp\tFvVol(7cb8bdc9)/FvFile(462caa21)
            Boot0001* earlier\tHD(1,GPT,1,0x800,0x1000)/File(\\EFI\\earlier\\grubx64.efi)
            Boot0002* debian\tHD(1,GPT,2,0x800,0x1000)/File(\\EFI\\debian\\shimx64.efi)
            Boot0003* UEFI PXEv4 (MAC:525400123401)\tPciRoot(0x0)/Pci(0x9,0x0)/MAC(525400123401,1)
            Boot0004* debian\tHD(1,GPT,2,0x800,0x1000)/File(\\EFI\\debian\\shimx64.efi)
            """;

    @TempDir
    Path directory;

    private String run(String library, String commands) throws Exception {
        Path source = Path.of(
                Objects.requireNonNull(InstallPlan.class.getResource(library)).toURI());
        Path script = Files.writeString(
                directory.resolve("script"),
                "set -eu\n. " + source + "\nwork=" + directory + " target=" + directory
                        + "/t vmtest_version=1.2\nmkdir -p \"$target/etc/network\"\nsay() { echo \"$*\"; }\n"
                        + "run() { echo \"+ $*\"; }\n" + commands);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes
                    .run(Command.of("dash", script.toString()), Duration.ofSeconds(30))
                    .requireSuccess()
                    .stdout();
        }
    }

    private String firmware(String current, String commands) throws Exception {
        Path listing = Files.writeString(
                directory.resolve("listing"),
                current.isEmpty() ? FIRMWARE.replace("BootCurrent: %s\n", "") : FIRMWARE.replace("%s", current));
        return run("firmware.sh", "open_firmware() { :; }\nefibootmgr() { cat " + listing + "; }\n" + commands);
    }

    /** The packages that the target has, and those that its sources offer, in place of dpkg's and apt's lists. */
    private static final String PACKAGES = """
            is_installed() { [ "$1" = linux-image-cloud-amd64 ]; }
            uname() { echo 6.1.0-49-cloud-amd64; }
            in_target() { echo "+ $*"; }
            die() { echo "died: $*"; exit 0; }
            chroot() {
                case "$2 $*" in
                    'sh '*) echo bookworm ;;
                    'apt-cache '*) printf 'linux-cloud-amd64-mine\\nlinux-cloud-amd64-mine-dbg\\n' ;;
                    *) return 1 ;;
                esac
            }
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' bookworm 6.1.0 -mine            | + env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends linux-cloud-amd64-mine
            '' trixie 6.1.0 -no bookworm 6.1.0 -mine | linux-cloud-amd64-mine
            '' bookworm 6.2.0 -mine            | 'mapping' names nothing: the image's stays
            '' bookworm 6.1.0 -min             | died: the kernel package 'linux-cloud-amd64-min', which 'mapping' names, is nowhere, and there is no 'fallback_package'
            linux-image-cloud-amd64 bookworm 6.1.0 '' | the kernel package linux-image-cloud-amd64 is installed already
            linux-other trixie 6.1.0 -mine     | died: the kernel package 'linux-other' is neither in the install image nor in a package source of the target
            """, quoteCharacter = '"')
    void findsTheKernelThatATableNames(String words, String said) throws Exception {
        assertThat(run("kernel.sh", PACKAGES + "map_kernel " + words + "\n")).contains(said);
    }

    @ParameterizedTest
    @CsvSource({
        "no, 0003, '0003,0000,0001,0002,0004'",
        "yes, 0003, '0003,0002,0004,0000,0001'",
        "no, '', '0003,0002,0004,0000,0001'",
    })
    void ordersTheEntriesOfTheFirmware(String withoutCurrent, String current, String order) throws Exception {
        assertThat(firmware(current, "order_firmware_entries " + withoutCurrent + " debian\n"))
                .isEqualTo("+ efibootmgr --quiet --bootorder " + order + "\n");
    }

    @Test
    void leavesAnOrderThatIsRight() throws Exception {
        assertThat(firmware("0000", "order_firmware_entries no debian\n"))
                .isEqualTo("the firmware's order stays 0000,0001,0002,0003,0004\n");
    }

    @Test
    void removesTheSecondOfTwoLikeEntriesAndNeverTheCurrentOne() throws Exception {
        assertThat(firmware("0000", "remove_duplicate_entries\n"))
                .contains("+ efibootmgr --quiet --bootnum 0004 --delete-bootnum\n")
                .doesNotContain("0002");
        assertThat(firmware("0004", "remove_duplicate_entries\n"))
                .contains("+ efibootmgr --quiet --bootnum 0002 --delete-bootnum\n")
                .doesNotContain("--bootnum 0004");
    }

    @Test
    void removesTheEntriesOfEarlierLoadersAndNeverTheCurrentOne() throws Exception {
        assertThat(firmware("0002", "remove_old_loaders\n").lines().filter(line -> line.startsWith("+")))
                .containsExactly(
                        "+ efibootmgr --quiet --bootnum 0001 --delete-bootnum",
                        "+ efibootmgr --quiet --bootnum 0004 --delete-bootnum");
    }

    @Test
    void namesTheUserAgentWhereThereIsAClient() throws Exception {
        String words = "printf 'a/1+x\\nb/c/d\\n' | name_user_agent\n";
        assertThat(run("target.sh", words)).contains("no pollinate");
        run(
                "target.sh",
                "mkdir -p \"$target/usr/bin\"\ntouch \"$target/usr/bin/pollinate\"\n"
                        + "chmod +x \"$target/usr/bin/pollinate\"\n" + words);
        assertThat(directory.resolve("t/etc/pollinate/add-user-agent"))
                .hasContent(
                        "a/1+x # written by curtin\nb/c/d # written by curtin\ncurtin/vmtest-1.2 # written by curtin\n");
    }

    @Test
    void undoesWhatAnImageHasForRunningFromMemory() throws Exception {
        String image = """
                touch "$target/etc/overlayroot.local.conf" "$target/etc/network/interfaces.dist"
                ln -sf /run/network/interfaces "$target/etc/network/interfaces"
                """;
        run("target.sh", image + "undo_image no no\n");
        assertThat(directory.resolve("t/etc/overlayroot.local.conf")).exists();
        assertThat(directory.resolve("t/etc/network/interfaces.dist")).exists();
        run("target.sh", image + "undo_image yes yes\n");
        assertThat(directory.resolve("t/etc/overlayroot.local.conf")).doesNotExist();
        assertThat(directory.resolve("t/etc/overlayroot.local.conf.old")).exists();
        assertThat(directory.resolve("t/etc/network/interfaces")).isRegularFile();
    }

    @Test
    void copiesByRsyncWhatIsToldTo() throws Exception {
        assertThat(run("target.sh", """
                                match_disk() { found_disk=/dev/vdz; }
                                unpack() { echo unpack; }
                                copy_target_image serial stack '--exclude=/usr/share/a b'
                                """).lines())
                .containsExactlyElementsOf(List.of(
                        "the target image is /dev/vdz",
                        "+ mount -o ro /dev/vdz " + directory + "/image",
                        "+ rsync -aXHAS --one-file-system --exclude=/usr/share/a b --exclude=/usr/lib/vmtest/initramfs "
                                + directory + "/image/ " + directory + "/t/",
                        "+ umount " + directory + "/image"));
    }

    @Test
    void tellsEventsToTheJournalAndTheConsole() throws Exception {
        String printed = run(
                "report.sh",
                "say() { echo \"$*\"; }\nlogger() { cat >>" + directory + "/journal; }\nreport_endpoints=''\n"
                        + "report_prints=yes report_journal=curtin_event\n"
                        + "start_event cmd-install/stage-early 'a\nb'\nfinish_event cmd-install/stage-early c\n"
                        + "report finish cmd-install d ERROR FAIL ''\n");
        assertThat(printed).isEqualTo("""
                        start: cmd-install/stage-early: a b
                        finish: cmd-install/stage-early: SUCCESS: c
                        finish: cmd-install: FAIL: d
                        """);
        assertThat(directory.resolve("journal")).content().contains("""
                MESSAGE=finish: cmd-install: FAIL: d
                PRIORITY=3
                SYSLOG_IDENTIFIER=curtin_event
                CURTIN_EVENT_TYPE=finish
                CURTIN_NAME=cmd-install
                CURTIN_MESSAGE=d
                CURTIN_RESULT=FAIL
                """);
    }
}
