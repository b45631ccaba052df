package dev.vmtest.bench.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.check.Check;
import dev.vmtest.check.DefaultChecks;
import dev.vmtest.check.DerivedChecks;
import dev.vmtest.check.InstallRecord;
import dev.vmtest.check.Target;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantsTests {

    private static final Path SOURCES = Path.of("..", "examples", "mutants");

    private static Mutant mutant(String name, String... caughtBy) {
        return new Mutant(
                name,
                new Location("mutants.yaml", 1, 1),
                "base.yaml",
                "format",
                new Mutant.Defect.Late("true"),
                List.of(caughtBy));
    }

    private static TestResult result(String name, Verdict verdict, String... failed) {
        List<CheckRecord> checks = List.of(failed).stream()
                .map(check -> new CheckRecord(check, "base.yaml:1:1", CheckRecord.FAILED, "wrong"))
                .toList();
        return new TestResult(name, "bookworm", "builtin", verdict, 1, List.of(), checks, Evidence.NONE, "", "");
    }

    @Test
    void defectsOfOneElementDoNotShareAMachine() {
        Mutant label = mutant("label", "format a: label");
        Mutant type = mutant("type", "format a: type");
        Mutant other = mutant("other", "format b: label");
        Mutant boots = mutant("boots", Mutant.BOOT);

        List<MutantGroup> groups = MutantGroup.pack(List.of(label, type, other, boots));

        assertThat(groups)
                .extracting(MutantGroup::mutants)
                .containsExactly(List.of(label, other), List.of(type), List.of(boots));
        assertThat(groups).extracting(MutantGroup::name).doesNotHaveDuplicates();
    }

    @Test
    void aDefectIsKilledOnlyByAllItsChecksAndNothingElseMayFail() {
        Mutant caught = mutant("caught", "format a: label");
        Mutant half = mutant("half", "disk b: dname", "disk b: dname rule");
        Mutant survivor = mutant("survivor", "mount c: fstab line");
        MutantGroup group = new MutantGroup("group", "base.yaml", List.of(caught, half, survivor));
        TestResult result = result("group", Verdict.FAILED, "format a: label", "disk b: dname", "format z: type");

        MutantsRun.Learned learned = learned(group, result);

        assertThat(learned.outcomes()).extracting(MutantOutcome::killed).containsExactly(true, false, false);
        assertThat(learned.unexpected()).containsExactly("group: format z: type");
        assertThat(Main.document(learned)).containsEntry("total", 3).containsEntry("killed", 1L);
    }

    @Test
    void aSystemThatDoesNotBootKillsOnlyWhatMustNotBoot() {
        MutantGroup boots = new MutantGroup("a", "base.yaml", List.of(mutant("a", Mutant.BOOT)));
        MutantGroup label = new MutantGroup("b", "base.yaml", List.of(mutant("b", "format a: label")));

        assertThat(learned(boots, result("a", Verdict.BOOT_FAILED)).outcomes()).allMatch(MutantOutcome::killed);
        assertThat(learned(label, result("b", Verdict.BOOT_FAILED)).outcomes()).noneMatch(MutantOutcome::killed);
    }

    @Test
    void troubleOfTheHostSaysNothing() {
        MutantGroup group = new MutantGroup("a", "base.yaml", List.of(mutant("a", "format a: label")));

        MutantsRun.Learned learned = learned(group, result("a", Verdict.INFRASTRUCTURE));
        assertThat(learned.outcomes()).isEmpty();
        assertThat(learned.untold()).containsExactly("a, for it ended with infrastructure");
        assertThatThrownBy(() -> learned(group, result("other", Verdict.PASSED)))
                .hasMessage("the run has no result of a");
    }

    private static MutantsRun.Learned learned(MutantGroup group, TestResult result) {
        return MutantsRun.judge(List.of(group), Map.of(result.name(), result));
    }

    @Test
    void theWordsOfAToolAreChangedByEveryDefectAboutIt(@TempDir Path directory) throws Exception {
        Mutant one = words("one", "s/^--level=1$/--level=10/");
        Mutant other = words("other", "s/^gone$//");
        String config = new MutantGroup("group", "base.yaml", List.of(one, other)).config("storage: {}\n");

        MapValue early = (MapValue) Objects.requireNonNull(
                ConfigFiles.parse("c.yaml", config, new Problems()).get("early_commands"));
        for (MapValue.Entry entry : early.entries().values()) {
            List<String> words = ((ListValue) entry.value())
                    .items().stream()
                            .map(item -> ((ScalarValue) item).text())
                            // In the place of the install environment's directories.
                            .map(word -> word.replace("/run/mutants", directory + "/mutants")
                                    .replace("/usr/local/sbin", directory.toString()))
                            .toList();
            run(words);
        }

        assertThat(run(List.of(directory + "/echo", "a b", "--level=1", "gone", "--level=15")))
                .isEqualTo("a b --level=10 --level=15\n");
    }

    @Test
    void whatWasRenderedIsChangedBeforeItIsRead(@TempDir Path directory) throws Exception {
        Mutant mutant = new Mutant(
                "mtu",
                new Location("mutants.yaml", 1, 1),
                "base.yaml",
                "network",
                new Mutant.Defect.Rendered("s/mtu 1492/mtu 1480/"),
                List.of("interface nic5: MTU"));
        String config = new MutantGroup("group", "base.yaml", List.of(mutant)).config("storage: {}\n");
        MapValue late = (MapValue) Objects.requireNonNull(
                ConfigFiles.parse("c.yaml", config, new Problems()).get("late_commands"));
        ListValue command = (ListValue) Objects.requireNonNull(late.get("99_mutant_mtu"));
        List<String> words = new ArrayList<>(List.of("env", "TARGET_MOUNT_POINT=" + directory));
        command.items().forEach(item -> words.add(((ScalarValue) item).text()));
        Files.createDirectories(directory.resolve("etc"));
        Files.writeString(directory.resolve("rendered"), "auto nic5\n    mtu 1492\n");

        run(words);
        String unit = Files.readString(directory.resolve("etc/systemd/system/networking.service.d/mtu.conf"));
        String line = unit.lines()
                .filter(each -> each.startsWith("ExecStartPre="))
                .findFirst()
                .orElseThrow()
                .replace("ExecStartPre=", "")
                .replace("/etc/mtu.sed", directory + "/etc/mtu.sed")
                .replace("/etc/network/interfaces.d/50-cloud-init", directory + "/rendered");
        run(List.of(line.split(" ", -1)));

        assertThat(unit).startsWith("[Service]\n");
        assertThat(directory.resolve("rendered")).hasContent("auto nic5\n    mtu 1480\n");
    }

    private static String run(List<String> words) throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Completed completed = processes.run(Command.of(words), Duration.ofSeconds(20));
            assertThat(completed.exitStatus()).as(completed.stderr()).isZero();
            return completed.stdout();
        }
    }

    private static Mutant words(String name, String words) {
        return new Mutant(
                name,
                new Location("mutants.yaml", 1, 1),
                "base.yaml",
                "raid",
                new Mutant.Defect.Words("echo", words),
                List.of(name + ": check"));
    }

    @Test
    void badDescriptionsAreNamedWithTheirPlace() {
        Problems problems = new Problems();

        MutantFile.read(
                ConfigFiles.parse("m.yaml", "Bad Name: {base: b.yaml, kind: x, defect: 'true'}\nflat: 7\n", problems),
                problems);

        assertThat(problems.all()).extracting(Object::toString).hasSize(3).allMatch(text -> text.contains("m.yaml:"));
    }

    @Test
    void everyDefectOfTheRepositoryNamesChecksThatItsBaseHas() throws Exception {
        Problems problems = new Problems();
        List<Mutant> mutants = MutantFile.read(SOURCES.resolve("mutants.yaml"), problems);

        problems.throwIfAny();
        assertThat(mutants).hasSizeGreaterThanOrEqualTo(40);
        for (MutantGroup group : MutantGroup.pack(mutants)) {
            String text = group.config(Files.readString(SOURCES.resolve(group.base())));
            InstallConfig config =
                    InstallConfig.read(List.of(ConfigFiles.parse(group.base(), text, problems)), problems);
            problems.throwIfAny();
            Set<String> checks = checksOf(config);
            group.mutants().stream()
                    .filter(mutant -> !mutant.isAlone())
                    .forEach(mutant -> assertThat(checks).containsAll(mutant.caughtBy()));
        }
    }

    /** Return the names of every check that a test of the configuration makes. */
    private static Set<String> checksOf(InstallConfig config) {
        Target target = new Target(BootMode.BIOS, Distribution.DEBIAN);
        Set<String> names = DerivedChecks.derive(config, target).stream()
                .map(Check::name)
                .collect(Collectors.toCollection(TreeSet::new));
        DefaultChecks.list(target, InstallRecord.NONE, "linux-image-amd64", names).stream()
                .map(Check::name)
                .toList()
                .forEach(names::add);
        return names;
    }

    @Test
    void theShellOfEveryDefectOfTheRepositoryIsComplete(@TempDir Path directory) throws Exception {
        Problems problems = new Problems();
        List<Mutant> mutants = MutantFile.read(SOURCES.resolve("mutants.yaml"), problems);
        problems.throwIfAny();

        for (Mutant mutant : mutants) {
            // An unquoted word that YAML takes for a comment cuts a quotation in two.
            if (mutant.defect() instanceof Mutant.Defect.Late late) {
                Path script = Files.writeString(directory.resolve(mutant.name()), late.text());
                assertThat(run(List.of("sh", "-n", script.toString()))).isEmpty();
            } else if (mutant.defect() instanceof Mutant.Defect.Words words) {
                assertThat(run(List.of("sed", "-n", words.words(), "/dev/null")))
                        .isEmpty();
            }
        }
    }
}
