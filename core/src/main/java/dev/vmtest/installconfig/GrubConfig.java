package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
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
        boolean removeDuplicateEntries) {}
