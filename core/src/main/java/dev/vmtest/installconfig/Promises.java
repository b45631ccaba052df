package dev.vmtest.installconfig;

import java.util.Set;

/**
 * Say what an installer promises of the configurations that it accepts, for a check asks for nothing else. What it
 * leaves out is a fact of the installer, and stays in the report as not judged.
 *
 * @param installer how messages name it
 * @param toolsIds the file systems whose {@code uuid} it leaves to the tool that makes them
 * @param groupIds whether it gives a volume group the {@code uuid} that is asked for
 * @param lonePartitionNames whether it heeds the {@code name} of a partition on a device without one
 * @param records whether it reports what it does as curtin does, and leaves its log and its configuration in the target
 */
public record Promises(
        String installer, Set<String> toolsIds, boolean groupIds, boolean lonePartitionNames, boolean records) {

    /** Leave nothing out. */
    public static final Promises EVERYTHING = new Promises("the installer", Set.of(), true, true, true);

    /** Promise everything but records. */
    public static Promises withoutRecords(String installer) {
        return new Promises(installer, Set.of(), true, true, false);
    }

    public Promises {
        toolsIds = Set.copyOf(toolsIds);
    }
}
