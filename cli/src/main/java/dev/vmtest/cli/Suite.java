package dev.vmtest.cli;

import dev.vmtest.api.VmTest;
import dev.vmtest.testcase.TestDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.platform.commons.support.ReflectionSupport;

/** Find the test classes on the class path. */
final class Suite {

    private Suite() {}

    /** Return every test class, by name. */
    static List<Class<?>> classes() {
        return ReflectionSupport.findAllClassesInPackage(
                        TestDefinition.SUITE_PACKAGE, type -> type.isAnnotationPresent(VmTest.class), name -> true)
                .stream()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
    }

    /** Return the class with a simple name or a full one. */
    static Optional<Class<?>> find(String name) {
        return classes().stream()
                .filter(type ->
                        type.getSimpleName().equals(name) || type.getName().equals(name))
                .findFirst()
                .or(() -> load(name));
    }

    private static Optional<Class<?>> load(String name) {
        return ReflectionSupport.tryToLoadClass(name)
                .toOptional()
                .filter(type -> type.isAnnotationPresent(VmTest.class));
    }
}
