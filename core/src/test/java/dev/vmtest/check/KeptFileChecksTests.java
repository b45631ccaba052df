package dev.vmtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.CollectScript;
import dev.vmtest.installconfig.InstallConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFileChecksTests {

    private static final InstallConfig CONFIG = FakeSystem.config("""
            storage:
              version: 1
              config:
                - {id: d, type: disk, serial: d, ptable: gpt, preserve: true, grub_device: true}
                - {id: bios, type: partition, device: d, number: 1, size: 1M, flag: bios_grub, preserve: true}
                - {id: p, type: partition, device: d, number: 2, size: 3G, preserve: true}
                - {id: pf, type: format, volume: p, fstype: ext4, preserve: true}
                - {id: pm, type: mount, device: pf, path: /}
            vmtest: {kept_files: {/existing: "old\\n"}}
            """);

    @TempDir
    private Path directory;

    @Test
    void aFileThatIsAsItWasPasses() {
        FakeSystem system = withFile("old\n");

        assertThat(system.failures(CONFIG, FakeSystem.TARGET)).doesNotContain("kept file /existing: content");
        assertThat(DerivedChecks.derive(CONFIG, FakeSystem.TARGET))
                .extracting(Check::name)
                .contains("kept file /existing: content");
    }

    @Test
    void aFileThatWasTouchedFails() {
        assertThat(withFile("new\n").failures(CONFIG, FakeSystem.TARGET)).contains("kept file /existing: content");
    }

    @Test
    void aFileThatIsGoneFails() {
        FakeSystem system = FakeSystem.in(directory).write("expected-files/listing", "");

        assertThat(system.failures(CONFIG, FakeSystem.TARGET)).contains("kept file /existing: content");
    }

    @Test
    void theFileIsCollected() {
        assertThat(DerivedChecks.extraCollectScripts(CONFIG))
                .extracting(CollectScript::text)
                .anySatisfy(script -> assertThat(script).contains("head -c 4000000 '/existing' >expected-files/0"));
    }

    private FakeSystem withFile(String content) {
        return FakeSystem.in(directory)
                .write("expected-files/listing", "0\t644\troot:root\t4\n")
                .write("expected-files/0", content);
    }
}
