package dev.vmtest.installconfig;

import dev.vmtest.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Describe an iSCSI disk that the run is to serve: one whose action has the path {@code iscsi:__RFC4173__}.
 *
 * @param id the id of the action
 * @param size bytes
 * @param user the name with which the initiator logs in, or null for anybody
 * @param password its password, or null
 * @param targetUser the name with which the target answers (mutual CHAP), or null
 * @param targetPassword its password, or null
 */
public record IscsiNeed(
        String id,
        long size,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable String targetUser,
        @Nullable Secret targetPassword) {

    /** Return whether no credentials are asked for at all. */
    public boolean isOpen() {
        return user == null && targetUser == null;
    }
}
