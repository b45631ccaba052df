package dev.vmtest.peer;

import dev.vmtest.network.IpAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remember which address of a pool is whose; the first asker gets the first one, and always the same. */
final class Leases {

    private final LeasePool pool;
    private final Map<String, IpAddress> given = new LinkedHashMap<>();

    Leases(LeasePool pool) {
        this.pool = pool;
    }

    LeasePool pool() {
        return pool;
    }

    /** Return the address of who asks; nothing when all have been given. */
    Optional<IpAddress> of(String asker) {
        IpAddress known = given.get(asker);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<IpAddress> next = pool.address(given.size());
        next.ifPresent(address -> given.put(asker, address));
        return next;
    }
}
