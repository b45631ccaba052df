package dev.vmtest.cli;

import dev.vmtest.check.Coverage;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.machine.Firmware;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import dev.vmtest.storage.StackDrawing;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.trial.TestCoverage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Say what is wrong with configurations. */
@Command(
        name = "check",
        description = {
            "Says everything that is wrong with each CONFIG, as file:line:column.",
            "",
            "It finds what 'vmtest run' would refuse, without a machine: unknown keys, wrong values, references to"
                    + " nothing, sizes that do not fit, what the built-in installer does not cover where it is the one.",
            ""
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "CONFIG", arity = "1..*", description = "Configuration files.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private InstallerOption installer = new InstallerOption();

    @Mixin
    private TemplateOption template = new TemplateOption();

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Option(names = "--graph", description = "Draw what stands on what, for each CONFIG without problems.")
    private boolean graph;

    @Option(
            names = "--coverage",
            description = "Say line by line which checks will look at what is asked for, and why none does.")
    private boolean coverage;

    CheckCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        TestCases cases = new TestCases(
                TestDefaults.of(new SessionOptions(installer.value()), Settings.read(invocation.environment())));
        Map<String, String> values = template.values();
        requireUse(values);
        boolean isGood = true;
        List<Coverage.Line> covered = new ArrayList<>();
        for (Path file : files) {
            Problems problems = new Problems();
            List<TestCase> read = read(file, values, cases, problems);
            List<Problem> found = problems.all();
            Stream.of(problems.warnings(), found)
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(Problem::location))
                    .forEach(invocation.out()::println);
            if (!coverage) {
                // Coverage says the same and more.
                Remarks.of(read, Remarks.ALL).forEach(invocation.out()::println);
            }
            read.stream()
                    .filter(test -> !test.skipReason().isEmpty())
                    .forEach(test -> invocation
                            .out()
                            .println(file + ": would be skipped on " + test.release() + ": " + test.skipReason()));
            if (found.isEmpty()) {
                invocation.out().println(file + ": no problem found" + counted(problems.warnings()));
                read.stream().limit(graph ? 1 : 0).forEach(this::draw);
                read.stream().limit(coverage ? 1 : 0).forEach(test -> covered.addAll(cover(file, test)));
            }
            isGood &= found.isEmpty();
        }
        if (coverage && files.size() > 1) {
            invocation.out().println(files.size() + " files, " + Coverage.counted(covered));
        }
        return isGood ? ExitStatus.SUCCESS : ExitStatus.USAGE;
    }

    private static String counted(List<Problem> warnings) {
        return warnings.isEmpty() ? "" : ", " + warnings.size() + (warnings.size() == 1 ? " warning" : " warnings");
    }

    private void requireUse(Map<String, String> values) {
        Problems unreadable = new Problems();
        ConfigTests all = new ConfigTests(release.names(), Set.of(), values, unreadable);
        files.forEach(all::of);
        // A file that cannot be read may have places; that it cannot is said instead.
        if (unreadable.isEmpty()) {
            all.requireUse();
        }
    }

    private List<TestCase> read(Path file, Map<String, String> values, TestCases cases, Problems problems) {
        return new ConfigTests(release.names(), Set.of(), values, problems)
                .of(file)
                .map(definition -> cases.of(definition, definition.releases(), problems))
                .orElse(List.of());
    }

    private List<Coverage.Line> cover(Path file, TestCase test) {
        List<Coverage.Line> lines = TestCoverage.of(test);
        lines.forEach(line -> line.rows().forEach(invocation.out()::println));
        invocation.out().println(file + ": " + Coverage.counted(lines));
        return lines;
    }

    private void draw(TestCase test) {
        boolean uefi = test.machine().firmware() == Firmware.UEFI;
        StackDrawing.lines(test.config().effectiveStorage(uefi)).forEach(invocation.out()::println);
    }
}
