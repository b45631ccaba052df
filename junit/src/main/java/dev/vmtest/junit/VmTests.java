package dev.vmtest.junit;

import dev.vmtest.api.VmTest;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.storage.Sizes;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.MachineSettings;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read {@link VmTest} annotations as test definitions. */
public final class VmTests {

    private static final String EXAMPLES = "examples/tests/";

    private VmTests() {}

    /**
     * Return what a class defines.
     *
     * @throws MistakeException naming the class, if it is no {@link VmTest} or a value of its
     *     annotation is not understood
     */
    public static TestDefinition definition(Class<?> type) {
        VmTest annotation = type.getAnnotation(VmTest.class);
        if (annotation == null) {
            throw new MistakeException(type.getName() + " is not annotated with @VmTest");
        }
        Map<String, String> replacements = new LinkedHashMap<>();
        for (VmTest.Replacement replacement : annotation.replace()) {
            replacements.put(replacement.token(), replacement.with());
        }
        return new TestDefinition(
                type.getSimpleName(),
                type.getName(),
                source(type, annotation.config()).replace(replacements),
                annotation.releases().length == 0 ? ReleaseTable.usualNames() : List.of(annotation.releases()),
                machine(type, annotation),
                List.of(annotation.extraKernelArguments()),
                seconds(annotation.installTimeout()),
                seconds(annotation.bootTimeout()),
                annotation.bootCloudConfig(),
                List.of(annotation.extraCollectScripts()),
                List.of(annotation.archSkip()),
                List.of(annotation.supportedReleases()),
                new TestDefinition.InstallTarget(
                        annotation.targetRelease(),
                        annotation.targetFileType(),
                        annotation.targetKernelPackage(),
                        annotation.renderer()));
    }

    /** Say whether a class runs on any release that it is asked to. */
    public static boolean isForAnyRelease(Class<?> type) {
        VmTest annotation = type.getAnnotation(VmTest.class);
        return annotation != null && annotation.releases().length == 0;
    }

    private static MachineSettings machine(Class<?> type, VmTest annotation) {
        return new MachineSettings(
                annotation.cpus(),
                annotation.memory(),
                annotation.uefi(),
                sizes(type, "extraDisks", annotation.extraDisks()),
                sizes(type, "nvmeDisks", annotation.nvmeDisks()),
                driver(type, annotation.diskDriver()),
                annotation.diskBlockSize(),
                annotation.multipathPaths(),
                annotation.networkPeer());
    }

    private static List<Long> sizes(Class<?> type, String element, String[] words) {
        List<Long> sizes = new ArrayList<>();
        for (String word : words) {
            sizes.add(Sizes.parse(word)
                    .orElseThrow(
                            () -> new MistakeException("%s: @VmTest(%s): '%s' is no size; write it like 10G or 512M"
                                    .formatted(type.getName(), element, word))));
        }
        return sizes;
    }

    private static @Nullable DiskDriver driver(Class<?> type, String text) {
        if (text.isEmpty()) {
            return null;
        }
        return Arrays.stream(DiskDriver.values())
                .filter(driver -> driver.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new MistakeException("%s: @VmTest(diskDriver): '%s' is none of %s"
                        .formatted(
                                type.getName(),
                                text,
                                Arrays.stream(DiskDriver.values())
                                        .map(DiskDriver::text)
                                        .toList())));
    }

    private static @Nullable Duration seconds(int seconds) {
        return seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    /**
     * The file is a resource beside the class or among the examples, so that an installed suite needs no source tree, or
     * else a file.
     */
    private static ConfigSource source(Class<?> type, String config) {
        String resource = EXAMPLES + config;
        String beside = type.getPackageName().replace('.', '/') + "/" + config;
        try {
            for (String name : List.of(beside, resource)) {
                Optional<String> found = resource(type, name);
                if (found.isPresent()) {
                    return new ConfigSource(name, found.get());
                }
            }
            return new ConfigSource(config, Files.readString(Path.of(config)));
        } catch (IOException unreadable) {
            throw new MistakeException(
                    "%s: @VmTest(config): there is no %s and no %s on the class path and no readable file %s"
                            .formatted(
                                    type.getName(),
                                    beside,
                                    resource,
                                    Path.of(config).toAbsolutePath()),
                    unreadable);
        }
    }

    private static Optional<String> resource(Class<?> type, String name) throws IOException {
        try (InputStream stream = type.getClassLoader().getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
