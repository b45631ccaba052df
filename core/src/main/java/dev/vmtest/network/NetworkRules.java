package dev.vmtest.network;

import dev.vmtest.config.Problems;

/** Hold the elements of a network section against each other. */
final class NetworkRules {

    private NetworkRules() {}

    static void check(NetworkConfig config, Problems problems) {
        new NameRules(config, problems).check();
        new AddressRules(config, problems).check();
    }
}
