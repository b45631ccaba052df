package dev.vmtest.installconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstallConfigTests {

    private final Problems problems = new Problems();

    private InstallConfig read(String yaml) {
        MapValue root = ConfigFiles.parse("c.yaml", yaml, problems);
        return InstallConfig.read(root, problems);
    }

    private List<String> messages() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void readsTheSmallestConfiguration() {
        InstallConfig config = read("placeholder_simple_install: unused\n");

        assertThat(messages()).isEmpty();
        assertThat(config.storage()).isNull();
        assertThat(config.effectiveStorage(false).actions()).hasSize(4);
        assertThat(config.effectiveStorage(true).actions()).hasSize(7);
        assertThat(config.commands().get(Stage.LATE)).isEqualTo(StageCommands.NONE);
    }

    @Test
    void namesAnUnknownKeyWithItsNeighbour() {
        read("stroage:\n  version: 1\n");

        assertThat(messages())
                .containsExactly("c.yaml:1:1: configuration: unknown key 'stroage'; did you mean 'storage'?");
    }
}
