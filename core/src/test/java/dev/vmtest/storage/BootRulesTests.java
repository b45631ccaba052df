package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BootRulesTests {

    private static final String GPT = """
            - {id: sda, type: disk, serial: a, ptable: gpt, grub_device: true}
            - {id: p1, type: partition, device: sda, size: 4G}
            - {id: f1, type: format, volume: p1, fstype: ext4}
            - {id: m1, type: mount, device: f1, path: /}
            """;

    private static List<String> check(String actions, boolean uefi) {
        Problems problems = new Problems();
        String yaml = "storage:\n  version: 1\n  config:\n" + actions.indent(2);
        StorageConfig config = StorageReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        problems.throwIfAny();
        BootRules.check(Objects.requireNonNull(config), uefi, problems);
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void wantsBiosGrubForGptAndBios() {
        assertThat(check(GPT, false))
                .containsExactly("c.yaml:4:38: disk 'sda' has a gpt table and the machine boots by BIOS, but it has no"
                        + " bios_grub partition; add a partition of 1M with 'flag: bios_grub'");
        assertThat(check(GPT + "- {id: g, type: partition, device: sda, size: 1M, flag: bios_grub}\n", false))
                .isEmpty();
        assertThat(check(GPT.replace("gpt", "msdos"), false)).isEmpty();
        assertThat(check(GPT.replace(", grub_device: true", ""), false)).hasSize(1);
    }

    @Test
    void wantsASystemPartitionForUefi() {
        String esp = """
                - {id: e, type: partition, device: sda, size: 1G, flag: boot}
                - {id: ef, type: format, volume: e, fstype: fat32}
                - {id: em, type: mount, device: ef, path: /boot/efi}
                """;

        assertThat(check(GPT, true))
                .containsExactly(
                        "c.yaml:7:5: the machine boots by UEFI, but nothing is mounted on /boot/efi; add an EFI"
                                + " system partition: flag boot, format fat32, mount on /boot/efi");
        assertThat(check(GPT + esp, true)).isEmpty();
        assertThat(check(GPT + esp.replace("fat32", "ext4"), true))
                .containsExactly(
                        "c.yaml:9:39: format 'ef' is mounted on /boot/efi, but is ext4; UEFI firmware reads FAT:"
                                + " write 'fstype: fat32'");
        assertThat(check(GPT + esp.replace(", flag: boot", ""), true)).isEmpty();
    }

    @Test
    void wantsARoot() {
        assertThat(check(GPT.replace("path: /", "path: /srv"), false))
                .containsExactly("c.yaml:7:5: nothing is mounted on /, so no system can be installed; add a mount with"
                        + " 'path: /'");
    }
}
