package dev.vmtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.storage.StorageAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the package table of docs/architecture.md: who imports whom, in all modules. */
class ArchitectureTests {

    private static final String ROOT = "dev.vmtest.";

    private static final String FOR_ALL = "text";

    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| `([a-z.]+)` \\| [^|]+ \\| ([a-z., ]+|–) \\|");

    /**
     * Hold one row of the table.
     *
     * @param floor how high a package stands
     * @param imports the packages that it imports
     */
    private record Room(int floor, Set<String> imports) {}

    private static final Map<String, Room> TABLE = table();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.vmtest");

    private static Map<String, Room> table() {
        Map<String, Room> rooms = new TreeMap<>();
        try (Stream<String> lines = Files.lines(Path.of("../docs/architecture.md"))) {
            lines.map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
                Set<String> imports = row.group(3).equals("–")
                        ? Set.of()
                        : Set.of(row.group(3).split(", "));
                rooms.put(row.group(2), new Room(Integer.parseInt(row.group(1)), imports));
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return rooms;
    }

    /** Return, for each package, the packages that its classes need, {@code text} aside. */
    private static Map<String, Set<String>> needs() {
        Map<String, Set<String>> needs = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            String from = packageOf(type);
            Set<String> targets = needs.computeIfAbsent(from, unused -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(ROOT)) {
                    targets.add(packageOf(target));
                }
            }
            targets.remove(from);
            targets.remove(FOR_ALL);
        }
        return needs;
    }

    @Test
    void thePackagesAreThoseOfTheTable() {
        assertThat(needs().keySet()).isEqualTo(TABLE.keySet());
    }

    @Test
    void eachPackageImportsWhatTheTableSaysAndUsesAllOfIt() {
        Map<String, Set<String>> told = new TreeMap<>();
        TABLE.forEach((name, room) -> told.put(name, new TreeSet<>(room.imports())));

        assertThat(needs()).isEqualTo(told);
    }

    @Test
    void aPackageImportsFromLowerFloorsOnly() {
        List<String> upwards = new ArrayList<>();
        TABLE.forEach((name, room) -> room.imports().stream()
                .filter(target -> TABLE.get(target).floor() >= room.floor())
                .forEach(target -> upwards.add(name + " -> " + target)));

        assertThat(upwards).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        Map<String, Boolean> marked = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            marked.merge(
                    type.getPackageName(), type.getPackage().isAnnotatedWith(NullMarked.class), Boolean::logicalAnd);
        }
        assertThat(marked).isNotEmpty().doesNotContainValue(false);
    }

    /** Where a program begins: what the environment says is handed on from there. */
    private static final Set<String> ENTRANCES = Set.of("cli", "junit", "bench");

    /** Commands inherit the environment and are searched for on its PATH; that is no setting of ours. */
    @Test
    void nothingButTheProcessesReadsTheEnvironmentOfTheJvm() {
        List<String> readers = CLASSES.stream()
                .filter(type -> !packageOf(type).equals("process") && !ENTRANCES.contains(packageOf(type)))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(System.class)
                        && call.getName().equals("getenv"))
                .map(Object::toString)
                .toList();
        assertThat(readers).isEmpty();
    }

    /** Elsewhere an action is asked, or answers by {@code match}: a further kind then cannot be forgotten. */
    @Test
    void nothingButTheStorageLooksUpOfWhichKindAnActionIs() {
        assertThat(lookups("storage", StorageAction.class)).isEmpty();
    }

    @Test
    void nothingButTheNetworkLooksUpOfWhichKindAnInterfaceIs() {
        assertThat(lookups("network", NetworkInterface.class)).isEmpty();
    }

    /** Return where other packages ask whether something is one of a sealed type's kinds. */
    private static List<String> lookups(String owner, Class<?> sealed) {
        return CLASSES.stream()
                .filter(type -> !packageOf(type).equals(owner))
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> unit.getInstanceofChecks().stream())
                .filter(check -> check.getRawType().isAssignableTo(sealed)
                        && !check.getRawType().isEquivalentTo(sealed))
                .map(Object::toString)
                .toList();
    }

    /** More values than these are told apart by their place only. */
    private static final int MOST_VALUES = 7;

    /** Records that picture a format, name by name, which a group would only hide; by the reason. */
    private static final Map<String, Set<String>> PICTURES = Map.of(
            "an action of the storage format, with its optional keys",
            Set.of(
                    "storage.Bcache",
                    "storage.Disk",
                    "storage.DmCrypt",
                    "storage.Mount",
                    "storage.Partition",
                    "storage.Raid",
                    "storage.Zpool"),
            "an element of the network format, with its optional keys",
            Set.of("network.Addressing", "network.InterfaceSettings", "network.NetworkConfig", "network.NetworkRoute"),
            "a section of the configuration, with its optional keys",
            Set.of(
                    "apt.AptConfig",
                    "installconfig.DiskOverride",
                    "installconfig.GrubConfig",
                    "installconfig.InstallConfig",
                    "installconfig.InstallSection",
                    "installconfig.VmtestSection"),
            "what a tool of the installed system says of one thing; test authors name its values",
            Set.of(
                    "facts.BlockDevice",
                    "facts.DiskLabel$Slot",
                    "facts.KernelRoute",
                    "facts.LinkAddress",
                    "facts.MdArray",
                    "facts.NetworkLink"),
            "a JSON document, or a line of one, that others read",
            Set.of("history.HistoryEntry", "publish.ReportEvent", "report.LiveRow", "result.TestResult"),
            "a row of a file or of a table",
            Set.of("installer.builtin.PartitionEntry", "knownissues.KnownIssue", "release.KnownRelease"),
            "one text, taken apart (RFC 4173)",
            Set.of("storage.IscsiPath"));

    /** What is older than the rule, and still to be grouped; the list only gets shorter. */
    private static final Set<String> UNGROUPED = Set.of(
            "installconfig.DiskNeed",
            "installer.builtin.PlanSettings",
            "installer.builtin.StackStep$Encrypt",
            "launch.LaunchRequest",
            "launch.ManualMachine",
            "machine.DiskSpec",
            "testcase.ConfigAdditions",
            "testcase.MachineSettings",
            "testcase.TestCase",
            "testcase.TestCases$Defaults",
            "testcase.TestDefinition");

    @Test
    void aConstructorTakesAtMostSevenValues() {
        Set<String> told = new TreeSet<>(UNGROUPED);
        PICTURES.values().forEach(told::addAll);

        Set<String> large = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            type.getConstructors().stream()
                    .filter(constructor -> constructor.getRawParameterTypes().size() > MOST_VALUES)
                    .forEach(constructor -> large.add(type.getName().substring(ROOT.length())));
        }
        assertThat(large).isEqualTo(told);
    }

    @Test
    void nothingSleeps() {
        List<String> sleepers = CLASSES.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getName().equals("sleep"))
                .map(Object::toString)
                .toList();
        assertThat(sleepers).isEmpty();
    }

    @Test
    void theTestSawTheWholeLibrary() {
        assertThat(CLASSES).as("classes seen").hasSizeGreaterThan(900);
    }

    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
