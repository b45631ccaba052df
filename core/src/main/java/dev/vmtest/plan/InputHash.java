package dev.vmtest.plan;

import dev.vmtest.config.ConfigText;
import dev.vmtest.digest.Sha256;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.Images;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.knownissues.KnownIssue;
import dev.vmtest.result.UnitInputs;
import dev.vmtest.result.UnitInputs.Part;
import dev.vmtest.testcase.ConfigLayer;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Name everything that the result of a test depends on, and make one hash of it. Two tests with one hash are the same
 * question; QEMU and the processor are {@link dev.vmtest.result.UnitPlace}'s.
 */
public final class InputHash {

    private static final String NO_IMAGE = "none on the host that wrote this";

    private final Images images;
    private final Fidelity fidelity;
    private final String version;
    private final ClassCode code = new ClassCode();
    private final Map<InstallerChoice, String> installers = new HashMap<>();

    /**
     * Hold what tests have in common.
     *
     * @param images the images that the host would use now
     * @param fidelity how install environments start
     * @param version what this vmtest is called
     */
    public InputHash(Images images, Fidelity fidelity, String version) {
        this.images = images;
        this.fidelity = fidelity;
        this.version = version;
    }

    /**
     * Return what a test depends on.
     *
     * @throws dev.vmtest.installer.InstallerException if the installer's files cannot be read
     */
    public synchronized UnitInputs of(TestCase test) {
        List<Part> parts = List.of(
                configuration(test),
                image(test),
                target(test),
                installer(test),
                machine(test),
                collect(test),
                checks(test),
                new Part("vmtest", OwnCode.hash(), version));
        Sha256 all = new Sha256();
        parts.forEach(part -> all.add(part.name()).add(part.hash()));
        return new UnitInputs(all.hex(), parts);
    }

    private static Part configuration(TestCase test) {
        List<String> texts = new ArrayList<>();
        for (ConfigLayer layer : test.layers()) {
            texts.add(layer.fileName());
            texts.add(ConfigText.json(layer.content()));
        }
        texts.add(ConfigText.json(test.config().root()));
        return part("configuration", "", texts);
    }

    /** Return the image that a test boots: of one release and variant the same for all tests. */
    private Part image(TestCase test) {
        try {
            InstallImage booted = images.find(test.release(), test.imageNeeds());
            return part("image", booted.description(), List.of(booted.fingerprint()));
        } catch (ImageException absent) {
            return part("image", NO_IMAGE, List.of());
        }
    }

    private Part target(TestCase test) {
        try {
            String type = test.target().fileType();
            InstallImage target = images.findTarget(test.targetRelease(), type);
            return part(
                    "target",
                    target.description(),
                    List.of(
                            target.fingerprint(),
                            type,
                            target.has(type) ? target.file(type).sha256() : ""));
        } catch (ImageException absent) {
            return part("target", NO_IMAGE, List.of());
        }
    }

    private Part installer(TestCase test) {
        return part(
                "installer",
                test.installerName(),
                List.of(
                        test.installerName(),
                        installers.computeIfAbsent(test.installer(), InstallerChoice::fingerprint)));
    }

    /** Records of plain values say all that is in them, and the same in every JVM. */
    private Part machine(TestCase test) {
        TestDefinition definition = test.definition();
        return part(
                "machine",
                "",
                List.of(
                        test.machine().toString(),
                        definition.machine().toString(),
                        definition.kernelArguments().toString(),
                        definition.bootCloudConfig(),
                        test.kernelPackage(),
                        test.renderer().toString(),
                        test.target().toString(),
                        test.installTimeout().toString(),
                        test.bootTimeout().toString(),
                        fidelity.text()));
    }

    private static Part collect(TestCase test) {
        List<String> scripts = new ArrayList<>(test.definition().collectScripts());
        scripts.addAll(test.config().vmtest().collectScripts());
        return part("collect scripts", "", scripts);
    }

    /** The checks of a configuration are vmtest's own; a class has more, and a known issue excuses some. */
    private Part checks(TestCase test) {
        List<String> texts = new ArrayList<>(List.of(test.name(), test.release(), test.skipReason()));
        for (KnownIssue issue : test.knownIssues()) {
            texts.addAll(List.of(
                    issue.pattern().pattern(),
                    issue.reference(),
                    issue.expires().toString()));
        }
        if (!test.definition().isFile()) {
            String origin = test.definition().origin();
            texts.add(origin);
            type(origin).map(code::hash).ifPresent(texts::add);
        }
        return part("checks", "", texts);
    }

    private static Optional<Class<?>> type(String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return Optional.of(Class.forName(name, false, loader == null ? InputHash.class.getClassLoader() : loader));
        } catch (ClassNotFoundException absent) {
            // A definition that was made without a class has no checks of its own.
            return Optional.empty();
        }
    }

    private static Part part(String name, String said, List<String> texts) {
        return new Part(name, Sha256.ofAll(texts), said);
    }
}
