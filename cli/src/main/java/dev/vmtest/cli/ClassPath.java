package dev.vmtest.cli;

import dev.vmtest.api.VmTest;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Find test classes where a user has them: directories of classes and jars, which see everything that vmtest brings.
 */
final class ClassPath {

    /** Nothing but vmtest's own. */
    static final ClassPath NONE = new ClassPath(List.of());

    private final List<Path> entries;
    private final ClassLoader loader;

    private ClassPath(List<Path> entries) {
        this.entries = entries;
        // The classes are used until the command ends, and their resources with them, so it is never closed.
        this.loader = entries.isEmpty()
                ? ClassPath.class.getClassLoader()
                : new URLClassLoader(
                        entries.stream().map(ClassPath::url).toArray(URL[]::new), ClassPath.class.getClassLoader());
    }

    /**
     * Return the class path that a command line means.
     *
     * @param text directories and jars with colons between them, as java takes them; empty for none
     * @throws UsageException with everything that is not there
     */
    static ClassPath of(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        List<Path> entries = Stream.of(text.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath())
                .toList();
        List<String> missing = new ArrayList<>();
        for (Path entry : entries) {
            if (!Files.isDirectory(entry) && !isJar(entry)) {
                missing.add("--class-path: " + entry + " is no directory and no jar");
            }
        }
        if (!missing.isEmpty()) {
            throw new UsageException(missing);
        }
        return new ClassPath(entries);
    }

    private static boolean isJar(Path entry) {
        return Files.isRegularFile(entry) && entry.toString().endsWith(".jar");
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException(entry + " has no URL", impossible);
        }
    }

    /** Return what loads the classes. */
    ClassLoader loader() {
        return loader;
    }

    /** Return the test classes by name: the user's where there is a class path, otherwise the suite's. */
    List<Class<?>> classes() {
        if (entries.isEmpty()) {
            return Suite.classes();
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // JUnit loads what it finds by the thread's own loader.
        thread.setContextClassLoader(loader);
        try {
            return entries.stream()
                    .flatMap(entry ->
                            ReflectionSupport.findAllClassesInClasspathRoot(
                                    entry.toUri(), ClassPath::isTest, name -> true)
                                    .stream())
                    .sorted(Comparator.comparing(Class::getSimpleName))
                    .toList();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Return the class with a simple name or a full one: the user's, or else one of the suite. */
    Optional<Class<?>> find(String name) {
        if (entries.isEmpty()) {
            return Suite.find(name);
        }
        return classes().stream()
                .filter(type ->
                        type.getSimpleName().equals(name) || type.getName().equals(name))
                .findFirst()
                .or(() -> Suite.find(name));
    }

    private static boolean isTest(Class<?> type) {
        return type.isAnnotationPresent(VmTest.class);
    }
}
