package dev.vmtest.installer.builtin;

import dev.vmtest.installconfig.KernelMapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Be a step that makes the target boot. */
public sealed interface BootStep extends Step {

    /** Remove packages of kernels. */
    record RemoveKernels(List<String> packages) implements BootStep {
        public RemoveKernels {
            packages = List.copyOf(packages);
        }

        @Override
        public String describe() {
            return "remove " + String.join(", ", packages);
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("remove_packages", packages.toArray());
        }
    }

    /** See to it that the target has a package of a kernel: the image's, or one of the target's sources. */
    record InstallKernel(String packageName) implements BootStep {
        @Override
        public String describe() {
            return "install " + packageName;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("install_kernel", packageName);
        }
    }

    /**
     * See to it that the target has the package that a table names for the kernel that runs during the install.
     *
     * @param fallback what is installed where no row fits or its package is nowhere, or null
     */
    record MapKernel(List<KernelMapping> rows, @Nullable String fallback) implements BootStep {
        public MapKernel {
            rows = List.copyOf(rows);
        }

        @Override
        public String describe() {
            return "install what the running kernel stands for";
        }

        @Override
        public void write(ScriptWriter script) {
            List<Object> words = new ArrayList<>();
            words.add(fallback == null ? "" : fallback);
            rows.forEach(row -> words.addAll(List.of(row.codename(), row.version(), row.suffix())));
            script.call("map_kernel", words.toArray());
        }
    }

    /** Note the target's kernel. */
    record CheckKernel() implements BootStep {
        @Override
        public String describe() {
            return "check the kernel";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("check_kernel");
        }
    }

    /**
     * Put the initramfs in place: one that the image brought, where it will do.
     *
     * @param mappings the encrypted mappings that it must open, from the lowest on
     */
    record MakeInitramfs(Need need, List<String> mappings) implements BootStep {

        public MakeInitramfs {
            mappings = List.copyOf(mappings);
        }

        /** Say what an initramfs must be able to find. */
        enum Need {
            /** A file system on a partition or a whole disk: the image's smaller initramfs serves. */
            PARTITION("partition"),
            /** A stack that udev's rules put together: the image's generic initramfs serves. */
            STACK("keep"),
            /** A stack with encrypted mappings: the generic one serves once it knows which to open. */
            ENCRYPTED("open"),
            /** A disk with several paths: the generic one serves once it knows which to join. */
            PATHS("paths"),
            /** A file system that the generic one may lack: the system's own must be made. */
            OWN("make");

            private final String word;

            Need(String word) {
                this.word = word;
            }
        }

        @Override
        public String describe() {
            return "make the initramfs";
        }

        @Override
        public void write(ScriptWriter script) {
            List<Object> words = new ArrayList<>(List.of(need.word));
            words.addAll(mappings);
            script.call("make_initramfs", words.toArray());
        }
    }

    /**
     * Write GRUB's settings.
     *
     * @param replaceDefault whether this environment's kernel arguments replace the default ones
     * @param terminal what {@code GRUB_TERMINAL} becomes, or {@code unmodified}
     * @param probe whether GRUB may look for other systems
     */
    record WriteGrubSettings(boolean replaceDefault, String terminal, boolean probe) implements BootStep {
        @Override
        public String describe() {
            return "write GRUB's settings";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("write_grub_settings", replaceDefault ? "yes" : "no", terminal, probe ? "yes" : "no");
        }
    }

    /**
     * Install GRUB for BIOS.
     *
     * @param device the id of a disk or partition, or null
     * @param path its path where there is no id
     */
    record InstallGrubBios(
            @Nullable String device, @Nullable String path) implements BootStep {
        @Override
        public String describe() {
            return "install GRUB for BIOS";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("install_grub_bios", device != null ? script.device(device) : String.valueOf(path));
        }
    }

    /**
     * Install GRUB for POWER's Open Firmware.
     *
     * @param partition the id of a PReP partition
     */
    record InstallGrubOpenFirmware(String partition) implements BootStep {
        @Override
        public String describe() {
            return "install GRUB for Open Firmware";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("install_grub_open_firmware", script.device(partition));
        }
    }

    /**
     * Install GRUB for UEFI into the system partition at {@code /boot/efi}.
     *
     * @param updateNvram whether the firmware gets an entry for it
     * @param removeOldLoaders whether its entries for earlier loaders go before
     */
    record InstallGrubUefi(boolean updateNvram, boolean removeOldLoaders) implements BootStep {
        @Override
        public String describe() {
            return "install GRUB for UEFI";
        }

        @Override
        public void write(ScriptWriter script) {
            if (updateNvram && removeOldLoaders) {
                script.call("remove_old_loaders");
            }
            script.call("install_grub_uefi", updateNvram ? "yes" : "no");
        }
    }

    /**
     * Put the firmware's entries in order, so that the system boots where firmware changed it.
     *
     * @param withoutCurrent whether to do so as if no entry had started this environment
     */
    record OrderFirmwareEntries(boolean withoutCurrent) implements BootStep {
        @Override
        public String describe() {
            return "order the firmware's entries";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("order_firmware_entries", withoutCurrent ? "yes" : "no", "debian");
        }
    }

    /** Take entries out of the firmware that are like another. */
    record RemoveDuplicateEntries() implements BootStep {
        @Override
        public String describe() {
            return "remove duplicate entries of the firmware";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("remove_duplicate_entries");
        }
    }

    /** Copy the boot loader to a second EFI system partition, so that its disk boots alone. */
    record CopySystemPartition(String device) implements BootStep {
        @Override
        public String describe() {
            return "copy the boot loader to it";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("copy_system_partition", script.device(device));
        }
    }

    /**
     * Write GRUB's menu.
     *
     * @param plain whether the root is found by its UUID alone, so that the menu can be written directly
     * @param terminal GRUB's terminal, or {@code unmodified}
     */
    record WriteGrubMenu(boolean plain, String terminal) implements BootStep {
        @Override
        public String describe() {
            return "write GRUB's menu";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("write_grub_menu", plain ? "plain" : "generate", terminal);
        }
    }
}
