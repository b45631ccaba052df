package dev.vmtest.plan;

import dev.vmtest.digest.Sha256;
import dev.vmtest.testcase.TestDefinition;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Know the code that a test class runs: itself and every class that it mentions, directly or not, from its own archive or
 * directory and from those that its user has named beside it, and vmtest's own as far as {@link OwnCode} does not have it.
 * Of a class that is not the suite's, whose configurations are known otherwise, also every file beside the classes.
 *
 * <p>What is mentioned stands in the table of constants of a class file (Java Virtual Machine Specification, 4.4), also
 * what only an annotation names. Code that is found by other means, and files elsewhere that a test reads, are not seen.
 */
final class ClassCode {

    private static final int UTF8 = 1;
    private static final Pattern DESCRIBED = Pattern.compile("L([A-Za-z_$][A-Za-z0-9_$]*(?:/[A-Za-z0-9_$]+)+);");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*(?:/[A-Za-z0-9_$]+)+");
    private static final Pattern OF_JAVA = Pattern.compile("(java|javax|jdk|sun|org/junit)/.*");
    private static final String OURS = "dev/vmtest/";

    private final List<String> known =
            OwnCode.places().stream().map(place -> place.toUri().toString()).toList();
    private final Map<ClassLoader, Map<String, Optional<URL>>> found = new HashMap<>();
    private final Map<String, Known> looked = new HashMap<>();
    private final Map<Path, String> files = new HashMap<>();

    /**
     * Hold what is known of one class.
     *
     * @param hash over its bytes
     * @param mentioned the names of the classes that it mentions
     */
    private record Known(String hash, Set<String> mentioned) {}

    /**
     * Return the hash over the code of a class.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    String hash(Class<?> type) {
        Sha256 digest = new Sha256();
        follow(type).forEach((name, known) -> digest.add(name).add(known.hash()));
        if (!type.getName().startsWith(TestDefinition.SUITE_PACKAGE + ".")) {
            places(type)
                    .forEach(place -> digest.add(
                            files.computeIfAbsent(place, unused -> OwnCode.hash(place, ClassCode::isNoClass))));
        }
        return digest.hex();
    }

    /** Return the names of the classes that count, for tests. */
    Set<String> names(Class<?> type) {
        return follow(type).keySet();
    }

    private static boolean isNoClass(String name) {
        return !name.endsWith(".class");
    }

    /** Return where code of the user's is: beside the class, and on the path that was named for it. */
    private static Set<Path> places(Class<?> type) {
        Set<Path> places = new TreeSet<>(Set.of(OwnCode.place(type)));
        if (type.getClassLoader() instanceof URLClassLoader named) {
            for (URL url : named.getURLs()) {
                try {
                    Path place = url.getProtocol().equals("file") ? Path.of(url.toURI()) : OwnCode.place(type);
                    if (Files.exists(place)) {
                        places.add(place);
                    }
                } catch (URISyntaxException impossible) {
                    throw new IllegalStateException("no file is named like that", impossible);
                }
            }
        }
        return places;
    }

    private Map<String, Known> follow(Class<?> type) {
        List<String> own =
                places(type).stream().map(place -> place.toUri().toString()).toList();
        Map<String, Known> counting = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(Set.of(type.getName().replace('.', '/')));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!counting.containsKey(name)) {
                find(type.getClassLoader(), name)
                        .filter(resource -> counts(name, resource.toString(), own))
                        .map(resource -> looked.computeIfAbsent(resource.toString(), unused -> read(resource)))
                        .ifPresent(code -> {
                            counting.put(name, code);
                            open.addAll(code.mentioned());
                        });
            }
        }
        return counting;
    }

    private boolean counts(String name, String place, List<String> own) {
        return own.stream().anyMatch(place::contains)
                || (name.startsWith(OURS) && known.stream().noneMatch(place::contains));
    }

    /** The classes of a suite mention each other's base, and each is looked for and read once. */
    private Optional<URL> find(ClassLoader loader, String name) {
        return found.computeIfAbsent(loader, unused -> new HashMap<>())
                .computeIfAbsent(name, unused -> Optional.ofNullable(loader.getResource(name + ".class")));
    }

    private static Known read(URL resource) {
        try (InputStream stream = resource.openStream()) {
            byte[] bytes = stream.readAllBytes();
            return new Known(new Sha256().add(bytes).hex(), mentioned(bytes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the class " + resource + " cannot be read", unreadable);
        }
    }

    private static Set<String> mentioned(byte[] classFile) {
        Set<String> names = new TreeSet<>();
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(classFile))) {
            data.skipNBytes(8);
            int count = data.readUnsignedShort();
            for (int index = 1; index < count; index++) {
                int tag = data.readUnsignedByte();
                if (tag == UTF8) {
                    add(data.readUTF(), names);
                } else {
                    data.skipNBytes(size(tag));
                    // A long and a double take two places.
                    index += tag == 5 || tag == 6 ? 1 : 0;
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a class that was loaded is no class file", impossible);
        }
        return names;
    }

    /** Names of classes stand there as they are or in the descriptors of types; other words name no class. */
    private static void add(String constant, Set<String> names) {
        if (NAME.matcher(constant).matches() && !OF_JAVA.matcher(constant).matches()) {
            names.add(constant);
        }
        Matcher described = DESCRIBED.matcher(constant);
        while (described.find()) {
            if (!OF_JAVA.matcher(described.group(1)).matches()) {
                names.add(described.group(1));
            }
        }
    }

    private static int size(int tag) {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IllegalStateException("no constant of a class file has the tag " + tag);
        };
    }
}
