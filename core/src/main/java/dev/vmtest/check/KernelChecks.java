package dev.vmtest.check;

import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.DebianPackage;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.KernelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Check what the section {@code kernel} asks for: the package, the one that a table names, its fallback, removals. */
final class KernelChecks {

    private static final String DIRECTORY = "kernels";
    private static final String RUNNING = DIRECTORY + "/running";
    private static final String OFFERED = DIRECTORY + "/offered";

    private final InstallConfig config;
    private final KernelConfig kernel;

    KernelChecks(InstallConfig config) {
        this.config = config;
        this.kernel = config.kernel();
    }

    List<Check> list() {
        List<Check> checks = new ArrayList<>();
        String named = kernel.packageName();
        String fallback = kernel.fallbackPackage();
        if (named != null && kernel.install()) {
            checks.add(
                    Check.of("kernel: package", kernel.location(), facts -> SystemChecks.kernelPackage(facts, named)));
        }
        if (isMapped()) {
            checks.add(Check.of("kernel: by mapping", kernel.mapping().get(0).location(), this::byMapping));
        }
        if (fallback != null && kernel.install() && named == null) {
            checks.add(Check.of("kernel: fallback package", kernel.location(), facts -> fallback(facts, fallback)));
        }
        for (String name : kernel.remove()) {
            checks.add(Check.of("kernel: removed " + name, kernel.location(), facts -> removed(facts, name)));
        }
        if (kernel.removeExisting()) {
            checks.add(Check.of("kernel: one is left", kernel.location(), KernelChecks::oneKernel));
        }
        return checks;
    }

    /** Return the script that collects what these checks need; nothing where they need nothing. */
    Optional<CollectScript> script() {
        // The lists are those that the install fetched: nothing is asked of anybody here.
        return isMapped()
                ? Optional.of(new CollectScript(
                        DIRECTORY,
                        "mkdir -p " + DIRECTORY + "\nuname -r >" + RUNNING + "\napt-cache pkgnames linux- >" + OFFERED
                                + " || :\n"))
                : Optional.empty();
    }

    private boolean isMapped() {
        return kernel.install()
                && kernel.packageName() == null
                && !kernel.mapping().isEmpty();
    }

    /** The table goes by the kernel of the install environment, which is the installed system's where that is a copy. */
    private boolean isOfAnotherSource() {
        return !config.sources().isEmpty();
    }

    private Optional<String> mapped(Facts facts) {
        String codename = facts.osRelease().getOrDefault("VERSION_CODENAME", "");
        String running = facts.text(RUNNING).strip();
        return kernel.mapping().stream()
                .flatMap(row -> row.packageFor(codename, running).stream())
                .reduce((earlier, later) -> later);
    }

    private Outcome byMapping(Facts facts) {
        if (isOfAnotherSource()) {
            return Outcome.notJudged("the kernel that ran the install is not known here");
        }
        Optional<String> mapped = mapped(facts);
        String running = facts.text(RUNNING).strip();
        if (mapped.isEmpty()) {
            return Outcome.passed("no row is for the kernel " + running + " of this system");
        }
        String name = mapped.get();
        if (isInstalled(facts, name)) {
            return Outcome.passed("for the kernel " + running + " " + name + " is installed");
        }
        String fails = "for the kernel " + running + " " + name + " should be installed but is not";
        if (facts.text(OFFERED).lines().anyMatch(name::equals)) {
            return Outcome.failed(fails + ", although a package source has it");
        }
        return kernel.fallbackPackage() == null
                ? Outcome.failed(fails)
                : Outcome.passed("no package source has " + name + ", so the fallback is for it");
    }

    /** Curtin's own table of kernels has Ubuntu's releases only; elsewhere only a table of the configuration fits. */
    private Outcome fallback(Facts facts, String name) {
        if (!"debian".equals(facts.osRelease().get("ID")) || (isMapped() && isOfAnotherSource())) {
            return Outcome.notJudged("which kernel fits is the installer's to say");
        }
        Optional<String> mapped = isMapped() ? mapped(facts) : Optional.empty();
        return mapped.filter(other -> isInstalled(facts, other)).isPresent()
                ? Outcome.passed("it is not needed, because the mapping's " + mapped.get() + " is installed")
                : SystemChecks.installedPackage(facts, name);
    }

    private static Outcome removed(Facts facts, String name) {
        DebianPackage found = facts.packages().get(name);
        return found != null && found.installed()
                ? Outcome.failed(name + " should be removed but " + found.version() + " is installed")
                : Outcome.passed(name + " is not installed");
    }

    private static Outcome oneKernel(Facts facts) {
        List<String> kernels = facts.packages().values().stream()
                .filter(DebianPackage::installed)
                .map(DebianPackage::name)
                .filter(name -> name.matches("linux-image-[0-9].*"))
                .sorted()
                .toList();
        return kernels.size() == 1
                ? Outcome.passed("the only kernel is " + kernels.get(0))
                : Outcome.failed("one kernel should be left but these are installed: " + kernels);
    }

    private static boolean isInstalled(Facts facts, String name) {
        DebianPackage found = facts.packages().get(name);
        return found != null && found.installed();
    }
}
