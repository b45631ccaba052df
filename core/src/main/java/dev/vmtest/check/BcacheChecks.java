package dev.vmtest.check;

import dev.vmtest.facts.BcacheDevice;
import dev.vmtest.facts.BcacheSuperblock;
import dev.vmtest.facts.Facts;
import dev.vmtest.storage.Bcache;
import dev.vmtest.storage.CacheMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Check bcache: superblocks on both devices, the set that joins them, mode and state. */
final class BcacheChecks {

    private static final Set<String> WORKING = Set.of("clean", "dirty");
    private static final String NO_CACHE = "no cache";

    private final Devices devices;

    BcacheChecks(Devices devices) {
        this.devices = devices;
    }

    List<Check> of(Bcache bcache) {
        List<Check> checks = new ArrayList<>();
        String name = "bcache " + bcache.id();
        String backing = bcache.backingDevice();
        String cache = bcache.cacheDevice();
        if (backing != null) {
            checks.add(Check.of(
                    name + ": backing device",
                    bcache.origin().location("backing_device"),
                    facts -> superblock(facts, backing, true)));
            checks.add(Check.of(
                    name + ": state",
                    bcache.origin().location(),
                    facts -> state(running(facts, bcache), cache != null)));
        }
        if (cache != null) {
            checks.add(Check.of(
                    name + ": cache device",
                    bcache.origin().location("cache_device"),
                    facts -> superblock(facts, cache, false)));
        }
        if (backing != null && cache != null) {
            checks.add(Check.of(
                    name + ": cache set",
                    bcache.origin().location("cache_device"),
                    facts -> cacheSet(facts, bcache, cache)));
            checks.add(Check.of(
                    name + ": cache mode",
                    bcache.origin().location("cache_mode"),
                    facts -> Outcome.equal(
                            "the cache mode",
                            Objects.requireNonNullElse(bcache.cacheMode(), CacheMode.WRITETHROUGH)
                                    .text(),
                            running(facts, bcache).cacheMode())));
        }
        return checks;
    }

    private BcacheDevice running(Facts facts, Bcache bcache) {
        String device = devices.find(facts, bcache.id()).kernelName();
        return facts.stacks().bcaches().stream()
                .filter(other -> other.device().equals(device))
                .findFirst()
                .orElseThrow(() -> new AbsentException(device + " is no running bcache device"));
    }

    private BcacheSuperblock find(Facts facts, String id) {
        String device = devices.find(facts, id).kernelName();
        return facts.stacks().bcacheSuperblocks().stream()
                .filter(superblock -> superblock.device().equals(device))
                .findFirst()
                .orElseThrow(() -> new AbsentException(id + " (" + device + ") has no bcache superblock"));
    }

    private Outcome superblock(Facts facts, String id, boolean backing) {
        return Outcome.equal(
                "the superblock on " + id, kind(backing), kind(find(facts, id).backing()));
    }

    private static String kind(boolean backing) {
        return backing ? "of a backing device" : "of a cache";
    }

    private Outcome cacheSet(Facts facts, Bcache bcache, String cache) {
        return Outcome.equal(
                "the cache set",
                find(facts, cache).cacheSet(),
                running(facts, bcache).cacheSet());
    }

    private static Outcome state(BcacheDevice device, boolean cached) {
        boolean right =
                cached ? WORKING.contains(device.state()) : device.state().equals(NO_CACHE);
        return right
                ? Outcome.passed(device.device() + " is " + device.state())
                : Outcome.failed(device.device() + " should be " + (cached ? "clean or dirty" : NO_CACHE) + " but is "
                        + device.state());
    }
}
