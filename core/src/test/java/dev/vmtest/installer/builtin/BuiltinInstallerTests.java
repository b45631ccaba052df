package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installer.ImageSystem;
import dev.vmtest.installer.InstallPayload;
import dev.vmtest.installer.InstallRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Look at what the built-in installer says that it installs, and whether its script does so. */
class BuiltinInstallerTests {

    @Test
    void copiesTheTargetImageOfAnImageThatHasOne() {
        InstallPayload payload = payload("{}", ImageSystem.TARGET_IMAGE);

        assertThat(payload.installs()).isEqualTo("the target image");
        assertThat(payload.text())
                .contains("\n    copy_target_image target-image partition\n")
                .doesNotContain("\n    copy_root ");
    }

    @Test
    void leavesTheSmallerInitramfsBehindWhereTheRootLiesOnAStack() {
        InstallPayload payload = payload("""
                storage:
                  version: 1
                  config:
                  - {id: disk, type: disk, serial: a, ptable: gpt, grub_device: true}
                  - {id: core, type: partition, device: disk, size: 1M, flag: bios_grub}
                  - {id: part, type: partition, device: disk, size: 4G}
                  - {id: group, type: lvm_volgroup, name: group, devices: [part]}
                  - {id: volume, type: lvm_partition, volgroup: group, name: root, size: 3G}
                  - {id: format, type: format, volume: volume, fstype: ext4}
                  - {id: mount, type: mount, device: format, path: /}
                """, ImageSystem.TARGET_IMAGE);

        assertThat(payload.text())
                .contains("\n    copy_target_image target-image stack\n", "\n    make_initramfs keep\n");
    }

    @Test
    void copiesTheEnvironmentsRootWhereItsImageHasNothingElse() {
        InstallPayload payload = payload("{}", ImageSystem.OWN_ROOT);

        assertThat(payload.installs()).contains("the root of the install environment", "no target image");
        assertThat(payload.text())
                .contains("\n    copy_root /media/root-ro\n")
                .doesNotContain("\n    copy_target_image ");
    }

    @Test
    void copiesWhatTheConfigurationNames() {
        InstallPayload payload = payload("sources: [\"cp:///srv/root\"]", ImageSystem.TARGET_IMAGE);

        assertThat(payload.installs()).isEqualTo("cp:///srv/root");
        assertThat(payload.text()).contains("\n    copy_root /srv/root\n").doesNotContain("\n    copy_target_image ");
    }

    private static InstallPayload payload(String yaml, ImageSystem system) {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        InstallPayload payload = new BuiltinInstaller("test")
                .payload(
                        new InstallRequest(
                                config, List.of(), "cp:///media/root-ro", system, false, "1.2.3", Path.of("unused")),
                        problems);
        assertThat(problems.all()).isEmpty();
        return payload;
    }
}
