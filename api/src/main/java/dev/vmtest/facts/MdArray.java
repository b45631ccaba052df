package dev.vmtest.facts;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Describe a running MD array, as {@code mdadm --detail --export} and sysfs told it.
 *
 * @param device the kernel name it has in this boot, such as {@code md127}
 * @param level the level as the kernel says it: {@code raid1}, {@code linear}, {@code container}, …
 * @param deviceCount how many members it is made for, spares not counted
 * @param name the name in its metadata, such as {@code host:data}; empty if it has none
 * @param metadata the version of its metadata, such as {@code 1.2}
 * @param uuid its UUID, as mdadm writes it
 * @param roles the role of each device by kernel name: a slot number, or {@code spare}
 * @param arrayState the kernel's word, such as {@code clean} (kernel documentation, admin-guide/md)
 * @param degraded how many members are missing; 0 for levels without redundancy
 * @param syncAction what the array does, such as {@code idle} or {@code resync}; empty if it cannot
 */
public record MdArray(
        String device,
        String level,
        int deviceCount,
        String name,
        String metadata,
        String uuid,
        Map<String, String> roles,
        String arrayState,
        int degraded,
        String syncAction) {

    private static final String SPARE = "spare";

    public MdArray {
        roles = Map.copyOf(roles);
    }

    /** Return the kernel names of the devices that hold data. */
    public Set<String> members() {
        return withRole(false);
    }

    /** Return the kernel names of the devices that wait to replace one. */
    public Set<String> spares() {
        return withRole(true);
    }

    private Set<String> withRole(boolean spare) {
        Set<String> names = new TreeSet<>();
        roles.forEach((name, role) -> {
            if (role.equals(SPARE) == spare) {
                names.add(name);
            }
        });
        return names;
    }
}
