package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe the boot loader, from the {@code boot} key or its older name {@code grub}.
 *
 * @param location where the section begins, or where the configuration begins if there is none
 * @param bootloaders {@code grub} or {@code extlinux}
 * @param installDevices block devices that get a boot loader; null leaves the choice to the storage
 *     section, an empty list means none
 * @param terminal what {@code GRUB_TERMINAL} becomes; {@code unmodified} leaves it alone
 */
public record GrubConfig(
        Location location,
        List<String> bootloaders,
        @Nullable List<String> installDevices,
        boolean updateNvram,
        String terminal,
        boolean replaceLinuxDefault,
        boolean probeAdditionalOs,
        boolean reorderUefi,
        boolean reorderUefiForceFallback,
        boolean removeDuplicateEntries) {

    /** Read the section of the boot loader, under its new or its old key. */
    static GrubConfig read(MapReader root) {
        boolean both = root.has("grub") && root.has("boot");
        if (both) {
            root.problem("grub", "'grub' is the old name of 'boot'", "keep one of them");
        }
        root.accept("grub", "boot");
        MapReader reader = root.section(root.has("boot") ? "boot" : "grub");
        List<String> loaders = reader.texts("bootloaders");
        for (String loader : loaders) {
            if (!loader.equals("grub") && !loader.equals("extlinux")) {
                reader.problem("bootloaders", "unknown boot loader '" + loader + "'", "use grub or extlinux");
            }
        }
        String terminal = reader.text("terminal");
        GrubConfig grub = new GrubConfig(
                reader.source().location(),
                loaders.isEmpty() ? List.of("grub") : List.copyOf(loaders),
                installDevices(reader),
                reader.bool("update_nvram", true),
                terminal == null ? "console" : terminal,
                reader.bool("replace_linux_default", true),
                reader.bool("probe_additional_os", false),
                reader.bool("reorder_uefi", true),
                reader.bool("reorder_uefi_force_fallback", false),
                reader.bool("remove_duplicate_entries", true));
        reader.refuseUnknown();
        return grub;
    }

    private static @Nullable List<String> installDevices(MapReader reader) {
        if (!reader.has("install_devices")) {
            return null;
        }
        List<String> devices = reader.textOrTexts("install_devices");
        return devices.equals(List.of("none")) ? List.of() : List.copyOf(devices);
    }
}
