package dev.vmtest.iscsi;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Describe one target with one disk.
 *
 * @param name its iSCSI qualified name
 * @param image the raw image that its unit {@value #LUN} shows
 * @param account how initiators must log in, or null to let everyone in
 * @param answer how the target proves itself to them (mutual CHAP), or null
 */
public record IscsiTarget(
        String name,
        Path image,
        @Nullable IscsiAccount account,
        @Nullable IscsiAccount answer) {

    /** The number of the unit that is the disk; tgt keeps 0 for its controller. */
    public static final int LUN = 1;
}
