package dev.vmtest.check;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.Distribution;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Stage;
import dev.vmtest.installconfig.StageCommand;
import dev.vmtest.installconfig.SwapConfig;
import dev.vmtest.storage.StorageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derive checks from a configuration alone, each with the place in the YAML that asked for it.
 *
 * <pre>{@code
 * List<CollectScript> scripts = CollectScripts.forTarget(
 *         target.distribution(), DerivedChecks.extraCollectScripts(config, target));
 * …
 * Facts facts = Facts.read(collectDirectory);
 * for (Check check : DerivedChecks.derive(config, target)) {
 *     CheckResult result = check.hold(facts);
 * }
 * }</pre>
 */
public final class DerivedChecks {

    private DerivedChecks() {}

    /**
     * Return the checks that a configuration asks for.
     *
     * @param target what the machine and the release add
     */
    public static List<Check> derive(InstallConfig config, Target target) {
        List<Check> checks = new ArrayList<>();
        storage(config, target)
                .ifPresent(storage -> checks.addAll(
                        new StorageChecks(storage, target, config.grub()).list(swapFiles(config.swap()))));
        if (config.swap() != null) {
            checks.addAll(SwapFileChecks.of(config.swap()));
        } else if (config.vmtest().source() != null && config.installsDisk()) {
            // The image's own hook makes none.
            checks.add(SwapFileChecks.none(config.vmtest().source().location()));
        } else if (!config.root().entries().containsKey("swap")) {
            // Without the key the installer chooses.
            checks.add(SwapFileChecks.chosen(config.location(), SwapFileChecks.DEFAULT_FILE, null));
        } else {
            checks.add(SwapFileChecks.none(config.root().locationOf("swap")));
        }
        List<Check> network = new NetworkChecks(config).list();
        checks.addAll(network);
        Optional<PeerChecks> peer = peer(config, target);
        peer.ifPresent(checkedThere -> checks.addAll(checkedThere.list(network)));
        if (peer.isEmpty() && config.network() != null) {
            checks.addAll(BundleChecks.withoutPeer(config.network()));
        }
        checks.addAll(new FileChecks(config).list(target.promises()));
        checks.addAll(LoaderChecks.of(config, target.bootMode()));
        checks.addAll(new SwitchChecks(config).list());
        checks.addAll(AptChecks.of(config.apt()));
        checks.addAll(new SourceChecks(config, target.bootMode()).list());
        checks.addAll(new ExpectedSystemChecks(config.vmtest().expected()).list());
        checks.addAll(new KernelChecks(config).list());
        return List.copyOf(checks);
    }

    /** Return the checks that a configuration asks for of the install itself. */
    public static List<Check> ofInstall(InstallConfig config, Target target, InstallRecord install) {
        return new CommandChecks(config, target.promises(), install.events()).list();
    }

    /** Return the scripts that the derived checks need besides the default ones. */
    public static List<CollectScript> extraCollectScripts(InstallConfig config, Target target) {
        List<CollectScript> scripts = new ArrayList<>();
        new FileChecks(config).script().ifPresent(scripts::add);
        LoaderChecks.script(config).ifPresent(scripts::add);
        new SwitchChecks(config).script().ifPresent(scripts::add);
        new KernelChecks(config).script().ifPresent(scripts::add);
        AptChecks.script(config.apt()).ifPresent(scripts::add);
        SourceChecks.script(config).ifPresent(scripts::add);
        new ExpectedSystemChecks(config.vmtest().expected()).script().ifPresent(scripts::add);
        storage(config, target)
                .flatMap(storage -> WipeChecks.script(new Devices(storage, target.diskSerials())))
                .ifPresent(scripts::add);
        peer(config, target).ifPresent(peer -> scripts.add(peer.script()));
        return List.copyOf(scripts);
    }

    /** Return the checks that need the other end of the machine's network, where there is one. */
    private static Optional<PeerChecks> peer(InstallConfig config, Target target) {
        return target.peer() == null || config.network() == null
                ? Optional.empty()
                : Optional.of(new PeerChecks(config.network(), target.peer(), target.peerWord()));
    }

    /** Return the scripts for a configuration whose disks all have a serial or wwn. */
    public static List<CollectScript> extraCollectScripts(InstallConfig config) {
        return extraCollectScripts(config, new Target(BootMode.BIOS, Distribution.DEBIAN));
    }

    /** Return the storage that is installed, or nothing where the configuration has its own commands. */
    private static Optional<StorageConfig> storage(InstallConfig config, Target target) {
        if (config.storage() == null && !config.installsDisk() && !usesAutomaticLayout(config)) {
            return Optional.empty();
        }
        return Optional.of(config.effectiveStorage(target.bootMode() == BootMode.UEFI));
    }

    private static boolean usesAutomaticLayout(InstallConfig config) {
        var partitioning = config.commands().get(Stage.PARTITIONING);
        return partitioning == null
                || partitioning.runsBuiltin()
                || partitioning.commands().stream()
                        .filter(command -> command.name().equals(StageCommand.BUILTIN))
                        .anyMatch(command -> command.argv().contains("block-meta"));
    }

    private static Set<String> swapFiles(@Nullable SwapConfig swap) {
        return Set.of(swap == null ? SwapFileChecks.DEFAULT_FILE : SwapFileChecks.fileName(swap));
    }
}
