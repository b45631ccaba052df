package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.junit.VmTests;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.TestDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutGroupTests {

    @ParameterizedTest
    @CsvSource({
        "storage, LvmTest, true",
        "storage, BasicTest, true",
        "storage, SimpleTest, false",
        "raid, MirrorbootTest, true",
        "raid, LvmTest, false",
        "lvm_volgroup, LvmTest, true",
        "bcache, BcacheBasicTest, true",
        "dm_crypt, CryptRootTest, true",
    })
    void holdsTheTestsWhoseConfigurationHasTheAction(String word, String test, boolean expected) {
        LayoutGroup group = LayoutGroup.of(word).orElseThrow();

        assertThat(group.holds(VmTests.definition(Suite.find(test).orElseThrow())))
                .isEqualTo(expected);
    }

    @Test
    void isNamedByKnownWordsOnly() {
        assertThat(LayoutGroup.of("Storage")).isEmpty();
        assertThat(LayoutGroup.of("LvmTest")).isEmpty();
        assertThat(LayoutGroup.words())
                .contains("storage", "raid")
                .allSatisfy(word -> assertThat(LayoutGroup.of(word)).isPresent());
    }

    @Test
    void leavesOutAConfigurationThatCannotBeRead() {
        TestDefinition broken =
                TestDefinition.ofConfig("Broken", new ConfigSource("broken.yaml", "storage: [\n"), List.of("bookworm"));

        assertThat(LayoutGroup.of("storage").orElseThrow().holds(broken)).isFalse();
    }
}
