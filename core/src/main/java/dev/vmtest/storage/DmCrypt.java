package dev.vmtest.storage;

import dev.vmtest.secret.Secret;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describe a {@code dm_crypt} action: an encrypted mapping of a volume.
 *
 * @param cipher cipher and mode in cryptsetup's words, or null for its default
 * @param keySize bits, or null for cryptsetup's default
 * @param recoveryKeyFile a file of the install environment with a second key that opens it, or null
 */
public record DmCrypt(
        Origin origin,
        String volume,
        String mappingName,
        @Nullable Secret key,
        @Nullable String keyFile,
        @Nullable String cipher,
        @Nullable Integer keySize,
        @Nullable String recoveryKeyFile,
        List<String> options,
        boolean preserve,
        @Nullable Wipe wipe)
        implements StorageAction {

    /** Key files that mean a new key at each boot, so that no header is kept (crypttab(5)). */
    private static final Set<String> RANDOM = Set.of("/dev/urandom", "/dev/random");

    /** Return whether each boot opens it with a new key. */
    public boolean hasRandomKey() {
        return keyFile != null && RANDOM.contains(keyFile);
    }

    @Override
    public ActionType type() {
        return ActionType.DM_CRYPT;
    }

    @Override
    public List<Reference> references() {
        return Reference.one(this, "volume", volume);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.dmCrypt(this);
    }
}
