package dev.vmtest.cli;

import dev.vmtest.process.ProgramSearch;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Say what this host lacks. */
@Command(
        name = "doctor",
        description = "Says what this host lacks, and the command that mends it.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    /**
     * Name a program that vmtest runs.
     *
     * @param name the program
     * @param debianPackage the Debian package that has it
     * @param purpose what does not work without it
     */
    private record Tool(String name, String debianPackage, String purpose) {}

    private static final List<Tool> TOOLS = List.of(
            new Tool("qemu-system-x86_64", "qemu-system-x86", "to run any test"),
            new Tool("qemu-img", "qemu-utils", "to run any test"),
            new Tool("xorrisofs", "xorriso", "to run any test"),
            new Tool("setsid", "util-linux", "to run any test"),
            new Tool("mmdebstrap", "mmdebstrap", "to build images"),
            new Tool("mksquashfs", "squashfs-tools", "to build images"),
            new Tool("newuidmap", "uidmap", "to build images without root"));

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Terminal.required(spec).commandLine().getOut();
        Set<String> packages = new LinkedHashSet<>();
        List<String> missing = new ArrayList<>();
        for (Tool tool : TOOLS) {
            boolean isThere = ProgramSearch.find(tool.name()).isPresent();
            out.printf("%-20s %s%n", tool.name(), isThere ? "found" : "missing, needed " + tool.purpose());
            if (!isThere) {
                missing.add(tool.name());
                packages.add(tool.debianPackage());
            }
        }
        if (missing.isEmpty()) {
            return ExitStatus.SUCCESS;
        }
        out.println();
        out.println("Install what is missing with:");
        out.println("  apt-get install -y --no-install-recommends " + String.join(" ", packages));
        return ExitStatus.INFRASTRUCTURE;
    }
}
