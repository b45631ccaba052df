package dev.vmtest.installer;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Say what was found of an installer on this host.
 *
 * @param version what it says it is; empty if it does not run
 * @param trouble why it cannot be used, or empty
 * @param missing modules of its language that it does not find
 * @param packages Debian packages that are to be installed for them
 * @param remedy what else is to be done, or empty
 */
public record InstallerFinding(
        String version, String trouble, List<String> missing, Set<String> packages, String remedy) {

    public InstallerFinding {
        missing = List.copyOf(missing);
        // In the order in which they are needed, which a copied set has not.
        packages = Collections.unmodifiableSet(new LinkedHashSet<>(packages));
    }
}
