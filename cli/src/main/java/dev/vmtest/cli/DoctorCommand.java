package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.InstallerFinding;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineException;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.session.HostState;
import dev.vmtest.session.HostTool;
import dev.vmtest.session.QemuChoice;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Say what this host lacks. */
@Command(
        name = "doctor",
        description = {
            "Says what this host lacks, and the commands that mend it. The exit status is 3 if something is missing"
                    + " that a run or an image needs. The last line says 'ready' or 'not ready', with the room, the"
                    + " memory and the accelerator that machines have.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private InstallerOption installer = new InstallerOption();

    private final Set<String> packages = new LinkedHashSet<>();
    private final Set<String> optional = new LinkedHashSet<>();
    private final List<String> remedies = new ArrayList<>();

    DoctorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        tools();
        firmware();
        images();
        installer();
        if (!packages.isEmpty()) {
            remedies.add(0, install(packages));
        }
        say("What is missing comes with:", remedies);
        if (!optional.isEmpty()) {
            say("What is optional comes with:", List.of(install(optional)));
        }
        return conclude();
    }

    /** The last line says whether a test can be run here, and what machines may take. */
    private int conclude() {
        HostState state = HostState.of(invocation.surroundings());
        List<String> reasons = new ArrayList<>(state.shortages());
        if (!remedies.isEmpty()) {
            reasons.add(0, "something is missing, see above");
        }
        PrintStream out = invocation.out();
        out.println();
        out.println((reasons.isEmpty() ? "ready: " : "not ready, " + String.join(", ", reasons) + ": ") + state.line());
        return reasons.isEmpty() ? ExitStatus.SUCCESS : ExitStatus.INFRASTRUCTURE;
    }

    private void tools() {
        row("QEMU", QemuChoice.of(invocation.environment()).describe());
        for (HostTool tool : HostTool.values()) {
            boolean isThere = tool.isInstalled(invocation.environment());
            row(
                    tool.program(),
                    isThere ? "found" : "missing, needed " + tool.purpose().text());
            if (!isThere) {
                (tool.isOptional() ? optional : packages).add(tool.debianPackage());
            }
        }
    }

    private static String install(Set<String> packages) {
        return "apt-get install -y --no-install-recommends " + String.join(" ", packages);
    }

    private void say(String title, List<String> commands) {
        if (!commands.isEmpty()) {
            PrintStream out = invocation.out();
            out.println();
            out.println(title);
            commands.forEach(command -> out.println("  " + command));
        }
    }

    private void firmware() {
        try {
            row("UEFI firmware", "found " + FirmwareFiles.find().code());
        } catch (MachineException missing) {
            row("UEFI firmware", "missing, needed to run tests that boot by UEFI");
            packages.add("ovmf");
        }
    }

    /** One image is enough to begin with; the others are named when a test asks for them. */
    private void images() {
        ImageTree tree = new ImageTree(invocation.environment());
        try {
            List<InstallImage> images = tree.store().images();
            images.forEach(image -> row("image", "found " + image.description()));
            if (images.isEmpty()) {
                row("image", "missing in " + tree.store().directory().root() + ", needed to run any test");
                remedies.add("vmtest images build --release " + ConfigTests.DEFAULT_RELEASE);
            }
        } catch (ImageException broken) {
            row("image", String.valueOf(broken.getMessage()));
            remedies.add("vmtest images build --release " + ConfigTests.DEFAULT_RELEASE);
        }
    }

    /** Some installers have needs of their own. */
    private void installer() throws IOException {
        Settings settings = Settings.read(invocation.environment());
        InstallerChoice choice = new SessionOptions(installer.value()).choice(settings);
        try (SupervisedProcesses processes = new SupervisedProcesses();
                TemporaryDirectory directory =
                        TemporaryDirectory.create(settings.get(SettingsTable.TMPDIR), "vmtest-doctor-")) {
            choice.examine(processes, directory.path()).ifPresent(finding -> say(choice, finding));
        }
    }

    private void say(InstallerChoice choice, InstallerFinding finding) {
        if (finding.trouble().isEmpty()) {
            row(choice.name(), "found " + finding.version() + ", packs itself");
            return;
        }
        row(choice.name(), Printable.line(finding.trouble()));
        finding.missing().forEach(module -> row("Python module", module + " missing, needed by " + choice.name()));
        packages.addAll(finding.packages());
        if (!finding.remedy().isEmpty()) {
            remedies.add(finding.remedy());
        }
    }

    private void row(String name, String finding) {
        invocation.out().printf("%-20s %s%n", name, finding);
    }
}
