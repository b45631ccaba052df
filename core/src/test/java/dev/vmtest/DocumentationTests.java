package dev.vmtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.installer.builtin.BuiltinInstaller;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.testcase.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the examples of the documentation, and our own configurations, through everything that needs no machine. */
class DocumentationTests {

    private static final Path ROOT = Path.of("..");
    private static final Path WRITING_TESTS = ROOT.resolve("docs/writing-tests.md");

    static List<String> configurations() throws IOException {
        List<String> texts = new ArrayList<>(blocks("yaml"));
        texts.addAll(blocks("yaml", ROOT.resolve("docs/autoinstall.md")));
        assertThat(texts).hasSizeGreaterThan(1);
        try (Stream<Path> files = Files.list(ROOT.resolve("examples/tests"))) {
            for (Path file : files.sorted().toList()) {
                // Test classes put a file system in the place of such a token.
                texts.add(Files.readString(file).replaceAll("__[A-Z]+_FORMAT__", "ext4"));
            }
        }
        return texts;
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyConfigurationCanBePlanned(String text) {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(new ConfigSource("example.yaml", text).read(problems), problems);
        problems.throwIfAny();
        boolean uefi = MachineNeeds.of(config).uefi();
        config.checkBoot(uefi, problems);
        var plan = BuiltinInstaller.plan(config, uefi, problems);
        problems.throwIfAny();
        assertThat(plan.script("test")).startsWith("#!/bin/sh\n");
    }

    @Test
    void theTestClassIsOneThatRuns() throws IOException {
        List<String> classes = blocks("java");
        assertThat(classes).hasSize(1);
        assertThat(Files.readString(ROOT.resolve("suite/src/main/java/dev/vmtest/suite/SimpleTest.java")))
                .contains(classes.get(0));
    }

    @Test
    void theKnownIssueOfTheDocumentationIsRead() throws IOException {
        List<String> examples = blocks("yaml", ROOT.resolve("docs/known-issues.md"));
        assertThat(examples).hasSize(1);
        Problems problems = new Problems();
        KnownIssues issues = KnownIssues.parse("known-issues.md", examples.get(0));
        issues.addProblemsTo(problems);
        problems.throwIfAny();
        assertThat(issues.concerning("LvmRootXfsTest", "trixie", "curtin", "ifupdown"))
                .hasSize(1);
    }

    @Test
    void theBadNetworkOfTheDocumentationIsAnsweredAsItSays() throws IOException {
        Path page = ROOT.resolve("docs/networks.md");
        Problems problems = new Problems();
        InstallConfig.read(
                new ConfigSource("bad-network.yaml", blocks("yaml", page).get(0)).read(problems), problems);
        assertThat(problems.all().stream().map(Object::toString).toList())
                .containsExactlyElementsOf(blocks("text", page).get(0).lines().toList());
    }

    private static List<String> blocks(String language) throws IOException {
        return blocks(language, WRITING_TESTS);
    }

    private static List<String> blocks(String language, Path file) throws IOException {
        // Every block is read, for the end of one looks like the beginning of one without a language.
        Matcher block = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$").matcher(Files.readString(file));
        List<String> texts = new ArrayList<>();
        while (block.find()) {
            if (block.group(1).equals(language)) {
                texts.add(block.group(2));
            }
        }
        return texts;
    }
}
