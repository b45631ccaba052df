package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import dev.vmtest.storage.ActionType;
import dev.vmtest.storage.DeviceNodes;
import dev.vmtest.storage.GrubDevices;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describe the boot loader, from the {@code boot} key or its older name {@code grub}.
 *
 * @param location where the section begins, or where the configuration begins if there is none
 * @param bootloaders {@code grub} or {@code extlinux}
 * @param installDevices block devices that get a boot loader; null leaves the choice to the storage
 *     section, an empty list means none
 * @param devicesLocation where they stand, or the section where they don't
 * @param terminal what {@code GRUB_TERMINAL} becomes; {@code unmodified} leaves it alone
 */
public record GrubConfig(
        Location location,
        List<String> bootloaders,
        @Nullable List<String> installDevices,
        Location devicesLocation,
        boolean updateNvram,
        String terminal,
        boolean replaceLinuxDefault,
        boolean probeAdditionalOs,
        boolean reorderUefi,
        boolean reorderUefiForceFallback,
        boolean removeDuplicateEntries,
        boolean removeOldLoaders) {

    private static final String KEY = "install_devices";
    private static final String ALTERNATIVES = "alternatives";
    private static final String EXTLINUX = "extlinux";

    /** The older place of the key, at the top. */
    private static final String OLD_KEY = "grub_install_devices";

    /** Read the section of the boot loader, under its new or its old key. */
    static GrubConfig read(MapReader root) {
        boolean both = root.has("grub") && root.has("boot");
        if (both) {
            root.problem("grub", "'grub' is the old name of 'boot'", "keep one of them");
        }
        root.accept("grub", "boot", OLD_KEY);
        MapReader reader = root.sectionWithUnderscores(root.has("boot") ? "boot" : "grub");
        List<String> loaders = reader.texts("bootloaders");
        if (root.has("boot") && loaders.isEmpty()) {
            reader.problem("bootloaders", "'boot' must say which boot loader", "add 'bootloaders: [grub]'");
        }
        for (String loader : loaders) {
            if (!loader.equals("grub") && !loader.equals(EXTLINUX)) {
                reader.problem("bootloaders", "unknown boot loader '" + loader + "'", "use grub or extlinux");
            }
        }
        String terminal = reader.text("terminal");
        GrubConfig grub = new GrubConfig(
                reader.source().location(),
                loaders.isEmpty() ? List.of("grub") : List.copyOf(loaders),
                installDevices(root, reader),
                root.has(OLD_KEY) ? root.at(OLD_KEY) : reader.at(KEY),
                reader.bool("update_nvram", true),
                terminal == null ? "console" : terminal,
                reader.bool("replace_linux_default", true),
                reader.bool("probe_additional_os", false),
                reader.bool("reorder_uefi", true),
                reader.bool("reorder_uefi_force_fallback", false),
                reader.bool("remove_duplicate_entries", true),
                reader.bool("remove_old_uefi_loaders", true));
        checkAlternatives(reader, grub.bootloaders());
        reader.refuseUnknown();
        return grub;
    }

    /** Curtin takes each of the two words once, and writes them into extlinux's menu only. */
    private static void checkAlternatives(MapReader reader, List<String> loaders) {
        List<String> entries = reader.texts(ALTERNATIVES);
        if (!reader.has(ALTERNATIVES)) {
            return;
        }
        if (entries.isEmpty() || !Set.of("default", "rescue").containsAll(entries) || hasTwice(entries)) {
            reader.problem(ALTERNATIVES, "the entries of a menu can't be " + entries, "list default, rescue or both");
        }
        if (!loaders.contains(EXTLINUX)) {
            reader.problems()
                    .addUnlessLeftToInstaller(
                            reader.at(ALTERNATIVES),
                            reader.subject() + ": only extlinux's menu has '" + ALTERNATIVES + "'",
                            "remove it");
        }
    }

    private static boolean hasTwice(List<String> entries) {
        return Set.copyOf(entries).size() < entries.size();
    }

    /** An empty value switches the boot loader off; an absent key leaves the choice to the storage section. */
    private static @Nullable List<String> installDevices(MapReader reader, String key) {
        if (!reader.has(key)) {
            return reader.source().get(key) == null ? null : List.of();
        }
        List<String> devices = reader.textOrTexts(key);
        if (devices.equals(List.of("none"))) {
            return List.of();
        }
        List<Value> places = reader.value(key) instanceof ListValue list ? list.items() : List.of();
        for (int index = 0; index < devices.size(); index++) {
            String device = devices.get(index);
            if (!DeviceNodes.isPath(device)) {
                reader.problems()
                        .add(
                                places.size() == devices.size()
                                        ? places.get(index).location()
                                        : reader.at(key),
                                reader.subject() + ": '" + key + "' must list paths of devices, not '" + device + "'",
                                "write a path such as /dev/sda, or mark a disk with 'grub_device: true'");
            }
        }
        return List.copyOf(devices);
    }

    /** The older key beside the section wins over the one in it, but not where the section has its new name. */
    private static @Nullable List<String> installDevices(MapReader root, MapReader section) {
        List<String> inside = installDevices(section, KEY);
        List<String> beside = installDevices(root, OLD_KEY);
        if (beside != null && (inside != null || root.has("boot"))) {
            root.problem(
                    OLD_KEY,
                    "'grub_install_devices' is the old name of 'install_devices' in 'grub'",
                    "keep one of them");
        }
        return beside == null ? inside : beside;
    }

    /** Warn where a storage section chooses the devices itself, so that no installer reads those listed here. */
    public void warnWhereStorageDecides(StorageConfig storage, Problems problems) {
        List<StorageAction> marked = GrubDevices.of(storage);
        if (installDevices != null && !installDevices.isEmpty() && !marked.isEmpty()) {
            StorageAction first = marked.get(0);
            problems.warn(
                    devicesLocation,
                    "'install_devices' is not read: " + ActionType.describe(first) + " at "
                            + first.origin().location("grub_device") + " has 'grub_device: true', which wins",
                    "remove one of them");
        }
    }
}
