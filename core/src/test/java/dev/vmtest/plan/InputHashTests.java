package dev.vmtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problems;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFile;
import dev.vmtest.image.Images;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.installer.curtin.CurtinChoice;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.result.UnitInputs;
import dev.vmtest.result.UnitInputs.Part;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.testcase.MachineSettings;
import dev.vmtest.testcase.SampleDefaults;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever may change a result changes the hash of its inputs, and is named as what has changed. */
class InputHashTests {

    private static final String CONFIG = """
            storage:
              version: 1
              config:
                - {id: sda, type: disk, serial: disk-a, ptable: gpt, wipe: superblock, grub_device: true}
                - {id: bios, type: partition, device: sda, size: 1MB, flag: bios_grub}
                - {id: root, type: partition, device: sda, size: 4GB}
                - {id: rootfs, type: format, volume: root, fstype: ext4, label: root}
                - {id: rootmount, type: mount, device: rootfs, path: /}
            """;

    private static final TestDefinition PLAIN =
            TestDefinition.ofConfig("simple", new ConfigSource("simple.yaml", CONFIG), List.of("bookworm"));

    private static InstallImage image(String sum) {
        return new InstallImage(
                "debian",
                "bookworm",
                "amd64",
                "generic",
                "20260101",
                "built",
                Stream.of("boot-kernel", "boot-initrd", "squashfs")
                        .map(type -> new ImageFile(type, Path.of("/nowhere", type), 1, sum + type))
                        .toList());
    }

    private static TestCase test(TestDefinition definition, InstallerChoice installer) {
        Problems problems = new Problems();
        List<TestCase> cases = new TestCases(SampleDefaults.of(installer, KnownIssues.NONE, Fidelity.RESUME))
                .of(definition, definition.releases(), problems);
        problems.throwIfAny();
        return cases.get(0);
    }

    private static UnitInputs inputs(Images images, Fidelity fidelity, TestCase test) {
        return new InputHash(images, fidelity, "1").of(test);
    }

    private static UnitInputs inputs(TestDefinition definition) {
        return inputs(release -> image("a"), Fidelity.RESUME, test(definition, BuiltinChoice.CHOICE));
    }

    private static TestDefinition with(
            MachineSettings machine,
            List<String> kernelArguments,
            @Nullable Duration timeout,
            String cloudConfig,
            List<String> scripts) {
        return new TestDefinition(
                PLAIN.name(),
                PLAIN.origin(),
                PLAIN.config(),
                PLAIN.releases(),
                machine,
                kernelArguments,
                timeout,
                null,
                cloudConfig,
                scripts,
                List.of(),
                List.of(),
                PLAIN.target());
    }

    private static void differ(UnitInputs other, String part) {
        UnitInputs usual = inputs(PLAIN);
        assertThat(other.hash()).isNotEqualTo(usual.hash());
        assertThat(other.differences(usual)).singleElement().asString().startsWith("another " + part + ": ");
    }

    @Test
    void theSameTestHasTheSameHash() {
        assertThat(inputs(PLAIN)).isEqualTo(inputs(PLAIN));
        assertThat(inputs(PLAIN).differences(inputs(PLAIN))).isEmpty();
        assertThat(inputs(PLAIN).parts())
                .extracting(Part::name)
                .containsExactly(
                        "configuration",
                        "image",
                        "target",
                        "installer",
                        "machine",
                        "collect scripts",
                        "checks",
                        "vmtest");
    }

    @Test
    void aRemarkInTheConfigurationChangesNothing() {
        UnitInputs other = inputs(TestDefinition.ofConfig(
                "simple", new ConfigSource("simple.yaml", "# a remark\n\n" + CONFIG), List.of("bookworm")));
        assertThat(other.hash()).isEqualTo(inputs(PLAIN).hash());
    }

    @Test
    void everyInputCounts() {
        differ(
                inputs(TestDefinition.ofConfig(
                        "simple",
                        new ConfigSource("simple.yaml", CONFIG.replace("label: root", "label: top")),
                        List.of("bookworm"))),
                "configuration");
        MachineSettings larger = new MachineSettings(0, 4096, false, List.of(), List.of(), null, 0, 1, false);
        MachineSettings other = new MachineSettings(0, 0, false, List.of(), List.of(), DiskDriver.NVME, 0, 1, false);
        differ(inputs(with(larger, List.of(), null, "", List.of())), "machine");
        differ(inputs(with(other, List.of(), null, "", List.of())), "machine");
        differ(inputs(with(PLAIN.machine(), List.of("quiet"), null, "", List.of())), "machine");
        differ(inputs(with(PLAIN.machine(), List.of(), Duration.ofMinutes(9), "", List.of())), "machine");
        differ(inputs(with(PLAIN.machine(), List.of(), null, "runcmd: [true]", List.of())), "machine");
        differ(inputs(with(PLAIN.machine(), List.of(), null, "", List.of("uname >uname"))), "collect scripts");
        differ(inputs(release -> image("a"), Fidelity.FULL, test(PLAIN, BuiltinChoice.CHOICE)), "machine");
    }

    @Test
    void imageInstallerAndChecksCount() {
        TestCase plain = test(PLAIN, BuiltinChoice.CHOICE);
        UnitInputs newer = inputs(release -> image("b"), Fidelity.RESUME, plain);
        assertThat(newer.differences(inputs(PLAIN)))
                .hasSize(2)
                .allSatisfy(difference -> assertThat(difference)
                        .matches("another (image|target): bookworm amd64/generic 20260101 \\([0-9a-f]{12}\\), not"
                                + " bookworm amd64/generic 20260101 \\([0-9a-f]{12}\\)"));
        Images none = release -> {
            throw new ImageException("there is none", "");
        };
        assertThat(inputs(none, Fidelity.RESUME, plain).differences(inputs(PLAIN)))
                .anySatisfy(difference -> assertThat(difference).contains("none on the host that wrote this"));
        UnitInputs curtin = inputs(
                release -> image("a"),
                Fidelity.RESUME,
                test(PLAIN, new CurtinChoice("/nowhere/curtin", () -> Set.of("install"))));
        assertThat(curtin.differences(inputs(PLAIN)))
                .anySatisfy(difference -> assertThat(difference).startsWith("another installer: curtin ("));
        TestDefinition ofClass = new TestDefinition(
                PLAIN.name(),
                InputHashTests.class.getName(),
                PLAIN.config(),
                PLAIN.releases(),
                PLAIN.machine(),
                List.of(),
                null,
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                PLAIN.target());
        differ(inputs(ofClass), "checks");
    }
}
