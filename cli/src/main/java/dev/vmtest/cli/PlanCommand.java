package dev.vmtest.cli;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.ConfigSecrets;
import dev.vmtest.installer.builtin.BuiltinInstaller;
import dev.vmtest.installer.builtin.InstallPlan;
import dev.vmtest.machine.Firmware;
import dev.vmtest.release.Architecture;
import dev.vmtest.secret.KnownSecrets;
import dev.vmtest.secret.Secret;
import dev.vmtest.session.Session;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Print what the built-in installer would do. */
@Command(
        name = "plan",
        description = {"Prints the POSIX shell script that the built-in installer would run for CONFIG.", ""},
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "CONFIG", description = "Configuration file.")
    private @Nullable Path file;

    @Mixin
    private TemplateOption template = new TemplateOption();

    @Option(
            names = {"-R", "--release"},
            paramLabel = "R",
            converter = ReleaseNames.Single.class,
            completionCandidates = ReleaseNames.Candidates.class,
            description = "Plan for this release; without it the one under the file's key vmtest, or bookworm.")
    private @Nullable String release;

    @Option(names = "--uefi", description = "Plan for a UEFI machine even if the layout does not need one.")
    private boolean uefi;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            converter = MachineOptions.Architectures.class,
            description = "Plan for a machine of this architecture, such as ppc64el, which boots from a PReP partition;"
                    + " that of this host otherwise.")
    private @Nullable Architecture architecture;

    @Option(
            names = "--secrets",
            description = "Print passwords, keys and contents of files as well, as the script that is run has them;"
                    + " otherwise each is printed as " + Secret.SHOWN + ".")
    private boolean withSecrets;

    PlanCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        TestCases.Defaults defaults = TestDefaults.of(SessionOptions.BUILTIN, Settings.read(invocation.environment()));
        TestCases cases = new TestCases(architecture == null ? defaults : defaults.withHostArchitecture(architecture));
        Problems problems = new Problems();
        List<String> releases = release == null ? List.of() : List.of(release);
        ConfigTests tests = new ConfigTests(releases, Set.of(), template.values(), problems);
        Optional<TestDefinition> read = tests.of(Terminal.required(file));
        problems.throwIfAny();
        tests.requireUse();
        List<TestCase> found = read.map(definition -> cases.of(definition, definition.releases(), problems))
                .orElse(List.of());
        problems.throwIfAny();
        TestCase test = found.get(0);
        boolean forUefi = uefi || test.machine().firmware() == Firmware.UEFI;
        InstallPlan plan = BuiltinInstaller.plan(test.config(), forUefi, problems);
        problems.throwIfAny();
        problems.warnings().forEach(invocation.err()::println);
        Remarks.of(found, Remarks.ALL).forEach(remark -> invocation.err().println("vmtest: " + remark));
        invocation
                .out()
                .print(
                        withSecrets
                                ? plan.script(Session.version())
                                : plan.shownScript(
                                        Session.version(), new KnownSecrets(ConfigSecrets.of(test.config()))));
        return ExitStatus.SUCCESS;
    }
}
