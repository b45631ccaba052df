package dev.vmtest.cli;

import dev.vmtest.engine.KubernetesJob;
import dev.vmtest.session.PlannedUnits;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.testcase.Fidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Print a Job of Kubernetes. */
@Command(
        name = "kubernetes",
        description = {
            "Prints an Indexed Job of Kubernetes that runs each unit in a pod of its own, and a ConfigMap with their list.",
            "",
            "Each pod puts its results below its own name into the shared volume, where 'vmtest merge' makes one of them.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class KubernetesCommand implements Callable<Integer> {

    /** By this name KubeVirt's device plugin offers /dev/kvm. */
    private static final String KVM = "devices.kubevirt.io/kvm";

    private final Invocation invocation;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private InstallerOption installer = new InstallerOption();

    @Option(
            names = "--fidelity",
            paramLabel = "WAY",
            description = "How install environments start, as for 'vmtest run'.")
    private @Nullable Fidelity fidelity;

    @Option(
            names = "--image",
            paramLabel = "REFERENCE",
            required = true,
            description = "Container image of the pods, in which vmtest is on the PATH and QEMU is installed.")
    private String image = "";

    @Option(
            names = "--results",
            paramLabel = "CLAIM",
            required = true,
            description = "Claim of the volume that all pods write their results to.")
    private String results = "";

    @Option(
            names = "--images",
            paramLabel = "CLAIM",
            description =
                    "Claim of a volume with vmtest's images, which is put at /srv/images; without it they are in the"
                            + " container image.")
    private String images = "";

    @Option(
            names = "--kvm",
            paramLabel = "RESOURCE",
            arity = "0..1",
            fallbackValue = KVM,
            description = "Ask for /dev/kvm by this resource of a device plugin, " + KVM
                    + " if none is named; without it" + " guests are emulated.")
    private String kvm = "";

    @Option(names = "--parallel", paramLabel = "N", description = "Run at most N pods at a time; 8 if it does not say.")
    private int parallel = 8;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the Job; vmtest if it does not say.")
    private String name = "vmtest";

    KubernetesCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (parallel < 1) {
            throw new UsageException("--parallel " + parallel + ": at least one pod runs at a time");
        }
        SessionOptions options = new SessionOptions(installer.value(), fidelity, null);
        Selection selected = selection.select(options, Map.of(), invocation.environment());
        selection.leaveOutAbsent(selected, invocation.environment()).forEach(invocation.err()::println);
        selection.cut(selected, invocation.environment());
        PlannedUnits planned = PlannedUnits.of(options, invocation.surroundings(), selected.chosen(), List.of());
        planned.warnings().forEach(invocation.err()::println);
        List<String> words = new ArrayList<>();
        if (options.installer() != null) {
            words.addAll(List.of("--installer", options.installer()));
        }
        if (options.fidelity() != null) {
            words.addAll(List.of("--fidelity", options.fidelity().text()));
        }
        invocation
                .out()
                .print(new KubernetesJob(
                                name,
                                image,
                                new KubernetesJob.Claims(results, images),
                                kvm,
                                parallel,
                                planned.list(),
                                words)
                        .yaml());
        return ExitStatus.SUCCESS;
    }
}
