package dev.vmtest.check;

import dev.vmtest.storage.StorageConfig;
import java.util.ArrayList;
import java.util.List;

/** Derive checks from a configuration alone, each with the place in the YAML that asked for it. */
public final class DerivedChecks {

    private DerivedChecks() {}

    /**
     * Return the checks that a storage configuration asks for.
     *
     * @param target what the machine and the release add
     */
    public static List<Check> derive(StorageConfig storage, Target target) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of(
                "boot mode", "machine", facts -> Outcome.equal("the boot mode", target.bootMode(), facts.bootMode())));
        if (storage.actions().isEmpty()) {
            throw new IllegalArgumentException("a storage configuration without actions derives no check");
        }
        return List.copyOf(checks);
    }
}
