package dev.vmtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.check.Coverage.Standing;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for {@link Coverage}: each line is claimed by a check, by a reason, or by nobody. */
class CoverageTests {

    @Test
    void eachLineNamesItsChecksOrItsReason() {
        List<String> rows = rows("""
                swap:
                  size: 512M
                  force: true
                grub: {terminal: serial}
                power_state: {mode: poweroff}
                write_files:
                  one: {path: /etc/one, content: x, permissions: '0600'}
                """);
        assertThat(rows)
                .containsExactly(
                        "mine.yaml:2: checked: swap.size: swap file: active; swap file: size; swap file: fstab line",
                        "mine.yaml:3: no effect: swap.force: says only what to do where the file system may be unfit",
                        "mine.yaml:4: checked: grub.terminal: boot loader: terminal",
                        "mine.yaml:5: no effect: power_state.mode: how the install environment ends; the test boots the"
                                + " system itself",
                        "mine.yaml:7: checked: write_files.one.path, write_files.one.content, write_files.one.permissions:"
                                + " write_files one: content; write_files one: permissions; write_files one: owner");
    }

    @Test
    void aListOfWordsIsWhatItsKeyIsOnEachOfItsLines() {
        assertThat(rows("""
                grub: {bootloaders: [grub]}
                early_commands:
                  a: [touch,
                      /x]
                """))
                .containsExactly(
                        "mine.yaml:1: checked: grub.bootloaders: disk automatic-disk: present; disk automatic-disk: partition"
                                + " table; disk automatic-disk: partitions; disk automatic-disk: bootloader",
                        "mine.yaml:3: checked: early_commands.a: command early/a: ran",
                        "mine.yaml:4: checked: early_commands.a: command early/a: ran");
    }

    @Test
    void aLineIsWhatIsGravestOnIt() {
        List<Coverage.Line> lines = lines("swap: {size: 512M, force: true}\n");
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.standing()).isEqualTo(Standing.CHECKED);
            assertThat(line.rows()).hasSize(2);
        });
        assertThat(lines("{swap: {size: 512M}, block-meta: {devices: [/dev/vda]}}"))
                .singleElement()
                .extracting(Coverage.Line::standing)
                .isEqualTo(Standing.UNCLAIMED);
        assertThat(Coverage.counted(lines)).isEqualTo("1 line: 1 checked, 0 without effect, 0 without a check");
    }

    @Test
    void aKeyOfAnActionIsLookedAtByItsOwnChecksBeforeThoseOfTheAction() {
        assertThat(rows("""
                storage:
                  version: 1
                  config:
                  - id: sda
                    type: disk
                    serial: disk-a
                    ptable: gpt
                    wipe: superblock
                """))
                .anyMatch(row -> row.startsWith("mine.yaml:2: no effect: storage.version: "))
                .anyMatch(row -> row.startsWith("mine.yaml:7: checked: storage.config.*.ptable: disk sda: "))
                .noneMatch(row -> row.contains("no check"));
    }

    @Test
    void aRowThatPromisesACheckWhereThereIsNoneClaimsNothing() {
        Problems problems = new Problems();
        MapValue root = ConfigFiles.parse("mine.yaml", "swap: {size: 512M}\n", problems);
        assertThat(Coverage.of(InstallConfig.read(root, problems), root, List.of()))
                .singleElement()
                .satisfies(line -> assertThat(line.rows())
                        .containsExactly("mine.yaml:1: no check: swap.size: no check was made of it"));
    }

    @Test
    void whatTheInstallerDoesNotPromiseIsLookedAtByNoCheck() {
        Check check =
                Check.notJudged("swap file: size", new dev.vmtest.config.Location("mine.yaml", 1, 1), "not promised");
        Problems problems = new Problems();
        MapValue root = ConfigFiles.parse("mine.yaml", "swap: {size: 512M}\n", problems);
        assertThat(Coverage.of(InstallConfig.read(root, problems), root, List.of(check)))
                .singleElement()
                .satisfies(line -> assertThat(line.rows())
                        .containsExactly(
                                "mine.yaml:1: no check: swap.size: not judged: swap file: size: not promised"));
    }

    @Test
    void whatIsThereForNobodyIsNoLine() {
        assertThat(lines("_note: text\nplaceholder_simple_install: unused\n")).isEmpty();
    }

    private static List<String> rows(String yaml) {
        return lines(yaml).stream().flatMap(line -> line.rows().stream()).toList();
    }

    private static List<Coverage.Line> lines(String yaml) {
        Problems problems = new Problems();
        MapValue root = ConfigFiles.parse("mine.yaml", yaml, problems);
        InstallConfig config = InstallConfig.read(root, problems);
        List<Check> checks = new ArrayList<>(DerivedChecks.derive(config, FakeSystem.TARGET));
        checks.addAll(DerivedChecks.ofInstall(config, FakeSystem.TARGET, InstallRecord.NONE));
        return Coverage.of(config, root, checks);
    }
}
