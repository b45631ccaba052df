package dev.vmtest.bench;

import dev.vmtest.installer.builtin.BuiltinInstaller;
import dev.vmtest.installer.curtin.ExternalInstaller;
import dev.vmtest.process.Command;
import dev.vmtest.process.Running;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Install the same test with the built-in installer and with a curtin, one after the other on the same machine, and
 * compare how long each takes from user-data to power-off.
 */
final class InstallerTime implements Benchmark {

    private static final double LIMIT = 1.0 / 3;

    @Override
    public String name() {
        return "installer";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        String curtin = Settings.read(laboratory.environment())
                .find(SettingsTable.CURTIN_EXE)
                .orElse("");
        if (curtin.isBlank()) {
            laboratory.tell("installer: skipped, because " + SettingsTable.CURTIN_EXE.name()
                    + " names no curtin to compare the built-in installer with");
            return List.of();
        }
        double builtin = seconds(run(laboratory, BuiltinInstaller.NAME));
        double external = seconds(run(laboratory, ExternalInstaller.NAME));
        laboratory.tell(String.format(
                Locale.ROOT, "user-data to power-off: %.1f s built-in, %.1f s %s", builtin, external, curtin));
        return List.of(entry(builtin, external));
    }

    static Entry entry(double builtin, double external) {
        return Entry.atMost("user-data to power-off, built-in / curtin", builtin / external, LIMIT);
    }

    private static RunResults run(Laboratory laboratory, String installer) throws Exception {
        Path topdir = laboratory.output().resolve("installer-" + installer);
        Path log = laboratory.output().resolve("installer-" + installer + ".log");
        Command command = Command.of(
                        laboratory.tree().resolve("bin/vmtest").toString(),
                        "run",
                        "SimpleTest",
                        "--release",
                        Laboratory.RELEASE,
                        "--installer",
                        installer,
                        "--topdir",
                        topdir.toString())
                .withEnvironment("CURTIN_VMTEST_NR_CPUS", String.valueOf(Laboratory.CPUS))
                .withEnvironment("CURTIN_VMTEST_VMRAM", String.valueOf(Laboratory.MEMORY));
        laboratory.tell("installing SimpleTest with " + installer + ", told in " + log);
        try (Running running = laboratory.processes().start(command, log)) {
            int status = running.exit().get();
            if (status != 0) {
                throw new IllegalStateException(
                        "the run with " + installer + " ended with exit status " + status + "; see " + log);
            }
        }
        return ResultFiles.readResults(ReportFiles.results(topdir));
    }

    /**
     * Return how long an install took from user-data to power-off.
     *
     * @throws IllegalStateException if the results are not those of one test that passed: a failure is fast
     */
    static double seconds(RunResults results) {
        TestResult test = VmtestRun.only(results);
        PhaseResult install = test.phases().stream()
                .filter(phase -> phase.name().equals(Phase.INSTALL.text()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(test.title() + " has no install"));
        // What is before is the install environment's own start.
        List<PhaseResult.Stage> installing = install.stages().stream()
                .dropWhile(stage -> !stage.name().equals(PhaseResult.Stage.USER_DATA))
                .toList();
        if (installing.isEmpty()) {
            throw new IllegalStateException(test.title() + " never fetched its user-data");
        }
        return installing.stream().mapToDouble(PhaseResult.Stage::seconds).sum();
    }
}
