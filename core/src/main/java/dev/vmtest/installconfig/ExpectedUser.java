package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.secret.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold a user whom the installed system is to have.
 *
 * @param location where it is asked for
 * @param groups groups that it is in, among others
 * @param password the hash of its password as crypt(5) makes it, or null for any
 * @param isLocked whether no password opens the account
 * @param authorizedKeys public keys that may log in as it, among others
 */
public record ExpectedUser(
        Location location,
        String name,
        List<String> groups,
        @Nullable Secret password,
        boolean isLocked,
        List<String> authorizedKeys) {

    public ExpectedUser {
        groups = List.copyOf(groups);
        authorizedKeys = List.copyOf(authorizedKeys);
    }
}
