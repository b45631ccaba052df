package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.Test;

/**
 * Installs first.yaml on each release whose image is there. Every line of the file is held against what was installed
 * without a word here; the methods add what only you know.
 */
@VmTest(config = "first.yaml")
class FirstTest {

    @Test
    void theKernelFoundItsRootByUuid(Facts facts) {
        assertThat(facts.commandLine()).anyMatch(argument -> argument.startsWith("root=UUID="));
    }
}
