package dev.vmtest.installer.builtin;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.installconfig.AutomaticLayout;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.InstallSource;
import dev.vmtest.installconfig.InstallStage;
import dev.vmtest.installconfig.ReportingEndpoint;
import dev.vmtest.installconfig.Stage;
import dev.vmtest.installconfig.SwapConfig;
import dev.vmtest.installconfig.WriteFile;
import dev.vmtest.installer.ImageSystem;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.BootRules;
import dev.vmtest.storage.StorageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Plan every stage of an install. */
final class InstallPlanner {

    private static final String SOURCES = "sources";
    private static final String SWAP_FILE = "/swap.img";
    private static final long MIB = 1L << 20;

    private final InstallConfig config;
    private final List<InstallSource> sources;
    private final boolean takesDisk;
    private final StorageConfig storage;
    private final ImageSystem system;
    private final boolean uefi;
    private final Problems problems;

    /**
     * Plan an install.
     *
     * @param made the source that the run makes, where it makes one
     */
    InstallPlanner(
            InstallConfig config, List<InstallSource> made, ImageSystem system, boolean uefi, Problems problems) {
        this.config = config;
        this.sources = made.isEmpty() ? config.sources() : made;
        this.takesDisk = sources.stream().anyMatch(InstallSource::isDisk);
        this.storage = takesDisk ? config.diskAlone() : config.effectiveStorage(uefi);
        this.system = system;
        this.uefi = uefi;
        this.problems = problems;
    }

    InstallPlan plan() {
        if (!takesDisk) {
            BootRules.check(storage, uefi, problems);
        }
        CoverageRules.check(config, sources, problems);
        CommandPlanner commands = new CommandPlanner(config, problems);
        List<PlannedStage> stages = config.stages().stream()
                .map(stage -> new PlannedStage(stage, commands.plan(stage, () -> ownWork(stage))))
                .toList();
        return new InstallPlan(settings(), stages);
    }

    private PlanSettings settings() {
        List<Secret> endpoints = config.reporting().stream()
                .filter(endpoint -> endpoint.type().equals("webhook"))
                .map(ReportingEndpoint::endpoint)
                .filter(Objects::nonNull)
                .toList();
        boolean prints = config.reporting().stream()
                .anyMatch(endpoint -> Set.of("print", "log").contains(endpoint.type()));
        String journal = config.reporting().stream()
                .filter(endpoint -> endpoint.type().equals("journald"))
                .map(endpoint -> Objects.requireNonNullElse(endpoint.identifier(), "curtin_event"))
                .findFirst()
                .orElse("");
        return new PlanSettings(
                config.location().file(),
                config.install(),
                endpoints,
                prints,
                journal,
                config.proxy(),
                config.powerState(),
                config.forInstaller());
    }

    private List<PlannedStep> ownWork(InstallStage stage) {
        return stage instanceof Stage common ? ownWork(common) : List.of();
    }

    private List<PlannedStep> ownWork(Stage stage) {
        return switch (stage) {
            case PARTITIONING -> partitioning();
            case NETWORK -> new NetworkPlanner(config, problems).plan(NetMeta.AUTO, config.location());
            case EXTRACT -> extract();
            case CURTHOOKS -> takesDisk ? diskHooks() : curthooks();
            case EARLY, HOOK, LATE -> List.of();
        };
    }

    private List<PlannedStep> partitioning() {
        List<PlannedStep> steps = new ArrayList<>(StoragePlanner.plan(storage, problems));
        sources.stream()
                .filter(InstallSource::isDisk)
                .findFirst()
                .ifPresent(disk -> steps.add(new PlannedStep(
                        new SourceStep.WriteDisk(
                                AutomaticLayout.DISK, disk.kind().orElseThrow(), disk.address()),
                        SOURCES,
                        disk.location())));
        return steps;
    }

    private List<PlannedStep> extract() {
        List<String> rsync = config.install().extraRsyncArguments();
        if (takesDisk) {
            // As curtin does: the files of the section, but no system, which is there.
            return config.writeFiles().stream()
                    .map(file -> write("write_files", file))
                    .toList();
        }
        if (sources.isEmpty()) {
            SystemStep step = switch (system) {
                case TARGET_IMAGE ->
                    new SystemStep.CopyTargetImage(BootPlanner.isRootOnPartition(config, storage), rsync);
                case OWN_ROOT -> new SystemStep.CopyRoot(InstallSource.IMAGE_ROOT, rsync);
            };
            return List.of(new PlannedStep(step, SOURCES, config.location()));
        }
        return sources.stream()
                .map(source -> new PlannedStep(extracting(source, rsync), SOURCES, source.location()))
                .toList();
    }

    private static Step extracting(InstallSource source, List<String> rsync) {
        if (source.kind().isEmpty()) {
            return new SystemStep.CopyRoot(source.directory().orElse(InstallSource.IMAGE_ROOT), rsync);
        }
        return switch (source.kind().get()) {
            case FSIMAGE -> new SourceStep.CopyFileSystem(source.address(), false, rsync);
            case FSIMAGE_LAYERED -> new SourceStep.CopyFileSystem(source.address(), true, rsync);
            case TGZ, TBZ, TXZ, DD_RAW, DD_GZ, DD_BZ2, DD_XZ, DD_TAR, DD_TGZ, DD_TBZ, DD_TXZ ->
                new SourceStep.UnpackArchive(source.address());
        };
    }

    /** What a disk image is told: by a program of its own, or else what needs no boot loader and no storage section. */
    private List<PlannedStep> diskHooks() {
        Location place = sources.get(0).location();
        List<PlannedStep> steps = new ArrayList<>();
        steps.add(new PlannedStep(new SourceStep.UnlessHooked(), SOURCES, place));
        steps.add(new PlannedStep(new SystemStep.EnterTarget(), "target", place));
        config.cloudConfigFiles().forEach(file -> steps.add(write("cloudconfig", file)));
        if (config.apt() != null) {
            steps.addAll(new AptPlanner(config.apt()).plan());
        }
        swap().ifPresent(steps::add);
        steps.add(new PlannedStep(new SystemStep.WriteNotedFiles(), SOURCES, place));
        pollinate().ifPresent(steps::add);
        steps.add(new PlannedStep(new SourceStep.EndUnlessHooked(), SOURCES, place));
        return steps;
    }

    private List<PlannedStep> curthooks() {
        List<PlannedStep> steps = new ArrayList<>();
        Location whole = config.location();
        steps.add(new PlannedStep(new SystemStep.EnterTarget(), "target", whole));
        steps.add(new PlannedStep(new SystemStep.ResetIdentity(), "target", whole));
        boolean keepsOverlay = config.raw("disable_overlayroot").orElse(null) instanceof ScalarValue scalar
                && Boolean.FALSE.equals(scalar.value());
        boolean keepsInterfaces = config.raw("restore_dist_interfaces").orElse(null) instanceof ScalarValue scalar
                && Boolean.FALSE.equals(scalar.value());
        steps.add(new PlannedStep(new SystemStep.UndoImage(!keepsOverlay, !keepsInterfaces), "target", whole));
        config.writeFiles().forEach(file -> steps.add(write("write_files", file)));
        config.cloudConfigFiles().forEach(file -> steps.add(write("cloudconfig", file)));
        if (config.apt() != null) {
            steps.addAll(new AptPlanner(config.apt()).plan());
        }
        swap().ifPresent(steps::add);
        steps.add(new PlannedStep(new SystemStep.WriteNotedFiles(), "storage", whole));
        pollinate().ifPresent(steps::add);
        steps.addAll(BootPlanner.plan(config, storage, uefi, problems));
        return steps;
    }

    private static PlannedStep write(String section, WriteFile file) {
        return new PlannedStep(
                new SystemStep.WriteTargetFile(file.path(), file.content(), file.permissions(), file.owner()),
                section + " '" + file.name() + "'",
                file.location());
    }

    private Optional<PlannedStep> swap() {
        SwapConfig swap = config.swap();
        if (swap == null) {
            // An empty 'swap:' switches the file off; without the key one is made, as curtin does.
            return config.root().entries().containsKey("swap")
                    ? Optional.empty()
                    : Optional.of(new PlannedStep(
                            new SystemStep.MakeSwapFile(SWAP_FILE, null, null), "swap", config.location()));
        }
        Long size = swap.size();
        if (size != null && size == 0) {
            return Optional.empty();
        }
        if (size != null && size < MIB) {
            problems.add(swap.location(), "a swap file of " + size + " bytes is too small", "give it at least 1M");
        }
        String path = swap.fileName() == null ? SWAP_FILE : swap.fileName();
        Long mebibytes = size == null ? null : Long.valueOf(size / MIB);
        return Optional.of(new PlannedStep(
                new SystemStep.MakeSwapFile(path, mebibytes, swap.maximumSize()), "swap", swap.location()));
    }

    /** A false value leaves the client's settings alone, and so does a section that is not there. */
    private Optional<PlannedStep> pollinate() {
        if (!(config.raw("pollinate").orElse(null) instanceof MapValue section)) {
            return Optional.empty();
        }
        section.entries().forEach((name, entry) -> {
            boolean isFalse = entry.value() instanceof ScalarValue scalar && Boolean.FALSE.equals(scalar.value());
            if (!name.equals("user_agent") || !(isFalse || entry.value() instanceof MapValue)) {
                problems.add(
                        entry.keyLocation(),
                        "pollinate: " + name + " can't be " + entry.value().describe(),
                        "write 'user_agent:' with a mapping of words, or false");
            }
        });
        if (!(section.get("user_agent") instanceof MapValue words)) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        words.entries().forEach((name, entry) -> {
            if (entry.value() instanceof ScalarValue scalar && !scalar.text().contains("\n")) {
                lines.add(name + "/" + scalar.text());
            } else {
                problems.add(
                        entry.keyLocation(),
                        "pollinate: the user agent '" + name + "' must be a word, not "
                                + entry.value().describe(),
                        "");
            }
        });
        return Optional.of(
                new PlannedStep(new SystemStep.NameUserAgent(lines), "pollinate", section.locationOf("user_agent")));
    }
}
