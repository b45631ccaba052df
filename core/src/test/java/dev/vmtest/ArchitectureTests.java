package dev.vmtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the package table of docs/architecture.md: who may import whom. */
class ArchitectureTests {

    private static final String ROOT = "dev.vmtest.";

    private static final String FOR_ALL = "text";

    /** The table. A package that is not in it does not exist. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry(FOR_ALL, Set.of()),
            Map.entry("secret", Set.of()),
            Map.entry("files", Set.of()),
            Map.entry("process", Set.of("secret", "files")),
            Map.entry("archive", Set.of()),
            Map.entry("qmp", Set.of()),
            Map.entry("config", Set.of("secret")),
            Map.entry("publish", Set.of()),
            Map.entry("settings", Set.of()),
            Map.entry("storage", Set.of("config", "secret")),
            Map.entry("network", Set.of("config")),
            Map.entry("facts", Set.of("config")),
            Map.entry("image", Set.of("config", "archive", "process", "files")),
            Map.entry("knownissues", Set.of("config")),
            Map.entry("seed", Set.of("config", "process", "files")),
            Map.entry("disk", Set.of("archive", "process", "files")),
            Map.entry("iscsi", Set.of("process", "secret")),
            Map.entry("guestfs", Set.of("process", "files")),
            Map.entry("installconfig", Set.of("config", "storage", "network", "secret")),
            Map.entry("autoinstall", Set.of("config", "installconfig", "storage", "secret")),
            Map.entry("machine", Set.of("qmp", "process", "disk", "secret", "files")),
            Map.entry(
                    "installer",
                    Set.of(
                            "config",
                            "installconfig",
                            "storage",
                            "network",
                            "seed",
                            "publish",
                            "process",
                            "secret",
                            "files")),
            Map.entry("check", Set.of("config", "installconfig", "storage", "network", "facts", "secret")),
            Map.entry(
                    "run",
                    Set.of(
                            "process",
                            "archive",
                            "qmp",
                            "config",
                            "autoinstall",
                            "publish",
                            "settings",
                            "storage",
                            "network",
                            "facts",
                            "image",
                            "seed",
                            "disk",
                            "iscsi",
                            "knownissues",
                            "installconfig",
                            "machine",
                            "installer",
                            "check",
                            "secret",
                            "files")),
            Map.entry(
                    "launch",
                    Set.of(
                            "config",
                            "disk",
                            "installer",
                            "iscsi",
                            "machine",
                            "process",
                            "publish",
                            "seed",
                            "storage",
                            "secret",
                            "files")),
            Map.entry("schedule", Set.of("run")),
            Map.entry("report", Set.of("run", "files", "secret")),
            Map.entry(
                    "session",
                    Set.of(
                            "config",
                            "disk",
                            "guestfs",
                            "image",
                            "installer",
                            "iscsi",
                            "knownissues",
                            "launch",
                            "machine",
                            "process",
                            "report",
                            "run",
                            "schedule",
                            "settings",
                            "files")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.vmtest");

    @Test
    void noPackageImportsWhatTheTableForbids() {
        Set<String> forbidden = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = packageOf(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!target.getPackageName().startsWith(ROOT)) {
                    continue;
                }
                String to = packageOf(target);
                if (!from.equals(to)
                        && !to.equals(FOR_ALL)
                        && !MAY_IMPORT.getOrDefault(from, Set.of()).contains(to)) {
                    forbidden.add(dependency.getDescription());
                }
            }
        }
        assertThat(forbidden).isEmpty();
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> packages = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            packages.add(packageOf(type));
        }
        assertThat(MAY_IMPORT.keySet()).containsAll(packages);
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

    /** Commands inherit the environment and are searched for on its PATH; that is no setting of ours. */
    @Test
    void nothingButTheProcessesReadsTheEnvironmentOfTheJvm() {
        List<String> readers = CLASSES.stream()
                .filter(type -> !packageOf(type).equals("process"))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(System.class)
                        && call.getName().equals("getenv"))
                .map(Object::toString)
                .toList();
        assertThat(readers).isEmpty();
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
        assertThat(CLASSES).as("classes seen").hasSizeGreaterThan(60);
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName().substring(ROOT.length());
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
