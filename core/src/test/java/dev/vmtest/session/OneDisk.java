package dev.vmtest.session;

import dev.vmtest.config.Problems;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.util.List;
import java.util.Map;

/** Make tests of one disk, of which only the name matters. */
final class OneDisk {

    private static final String CONFIG = """
            storage:
              version: 1
              config:
                - {id: sda, type: disk, serial: one, ptable: gpt, wipe: superblock, grub_device: true}
                - {id: bios, type: partition, device: sda, size: 1MB, flag: bios_grub}
                - {id: root, type: partition, device: sda, size: 4GB}
                - {id: rootfs, type: format, volume: root, fstype: ext4}
                - {id: rootmount, type: mount, device: rootfs, path: /}
            """;

    private OneDisk() {}

    static TestCase test(String name) {
        return test(name, "");
    }

    /**
     * Make a test.
     *
     * @param more further keys of its configuration
     */
    static TestCase test(String name, String more) {
        Problems problems = new Problems();
        List<TestCase> cases = new TestCases(TestDefaults.of(SessionOptions.BUILTIN, Settings.read(Map.of())))
                .of(
                        TestDefinition.ofConfig(
                                name, new ConfigSource(name + ".yaml", CONFIG + more), List.of("bookworm")),
                        List.of("bookworm"),
                        problems);
        problems.throwIfAny();
        return cases.get(0);
    }
}
