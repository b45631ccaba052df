package dev.vmtest.session;

import dev.vmtest.passes.Pass;
import dev.vmtest.passes.PassStore;
import dev.vmtest.result.Proof;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connect a run with what has passed before, on this machine or on others: know which of its tests are unchanged, and
 * remember what it finds out itself. Where the store cannot be read a test is run; where it cannot be written the log
 * says so.
 */
final class EarlierPasses {

    private static final Logger LOG = LoggerFactory.getLogger(EarlierPasses.class);

    private final Optional<PassStore> store;
    private final boolean isAsked;
    private final Map<String, Proof> unchanged = new ConcurrentHashMap<>();

    /**
     * Use a store.
     *
     * @param store where passes are; empty for a user without a home
     * @param isAsked whether tests that have passed before are left out
     */
    EarlierPasses(Optional<PassStore> store, boolean isAsked) {
        this.store = store;
        this.isAsked = isAsked;
    }

    /** Use the store that an environment names. */
    static EarlierPasses of(Map<String, String> environment, InstantSource clock) {
        Settings settings = Settings.read(environment);
        Duration age = Duration.ofDays(settings.get(SettingsTable.PASSES_DAYS));
        Optional<Path> directory = HostDirectories.passes(settings, environment);
        if (directory.isPresent() && Files.exists(directory.get()) && !Files.isDirectory(directory.get())) {
            throw new MistakeException(directory.get() + " is no directory that could remember what passed; name"
                    + " another one with --passes or " + SettingsTable.PASSES.name());
        }
        return new EarlierPasses(
                directory.map(there -> new PassStore(there, age, clock)), settings.get(SettingsTable.CHANGED));
    }

    /** Look whether a unit has passed before at a place with the inputs that it has now. */
    void look(Unit unit, UnitPlace place) {
        if (!isAsked || store.isEmpty() || place.equals(UnitPlace.UNKNOWN)) {
            return;
        }
        try {
            store.get()
                    .find(unit.id(), unit.inputs().hash(), place)
                    .map(Pass::proof)
                    .ifPresent(proof -> unchanged.put(unit.title(), proof));
        } catch (IOException unreadable) {
            LOG.warn("{} is run, for its pass cannot be read: {}", unit.id(), PlainTrouble.of(unreadable));
        }
    }

    /** Return the pass by which a test is unchanged; empty if it is to be run. */
    Optional<Proof> proof(String title) {
        return Optional.ofNullable(unchanged.get(title));
    }

    /**
     * Remember how a unit ended: a pass is kept, and one of before goes when the same has failed now.
     *
     * @param at when it ended
     * @param run when the run began
     * @param topdir where its results are
     * @param host where that is
     */
    void ended(Unit unit, TestResult result, UnitPlace place, Instant at, Instant run, Path topdir, String host) {
        if (store.isEmpty() || place.equals(UnitPlace.UNKNOWN)) {
            return;
        }
        try {
            String key = unit.inputs().hash();
            switch (result.verdict()) {
                case PASSED ->
                    store.get()
                            .add(new Pass(
                                    unit.id(),
                                    Session.version(),
                                    place,
                                    new Proof(key, seconds(at), seconds(run), topdir.toString(), host)));
                case FAILED, INSTALL_FAILED, BOOT_FAILED -> store.get().remove(key, place);
                case INFRASTRUCTURE, SKIPPED, UNCHANGED, EXPECTED_FAILURE, UNEXPECTED_PASS -> {
                    // Nothing was learned that a later run could take for a pass, or that speaks against one.
                }
            }
        } catch (IOException trouble) {
            LOG.warn("how {} ended is not remembered: {}", unit.id(), PlainTrouble.of(trouble));
        }
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Remove what does not count any more. */
    void prune() {
        if (store.isPresent()) {
            try {
                LOG.debug("{} passes of earlier runs were removed", store.get().prune());
            } catch (IOException trouble) {
                LOG.warn("earlier passes are not pruned: {}", PlainTrouble.of(trouble));
            }
        }
    }
}
