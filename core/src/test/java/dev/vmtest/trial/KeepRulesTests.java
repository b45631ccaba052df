package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.Verdict;
import dev.vmtest.settings.KeptData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepRulesTests {

    @TempDir
    Path topdir;

    private Workspace workspace = new Workspace(Path.of("unset"));

    @BeforeEach
    void fillAWorkspace() throws IOException {
        workspace = Workspace.create(topdir.resolve("SimpleTest-bookworm"));
        for (String part : Workspace.PARTS) {
            Files.writeString(workspace.directory().resolve(part).resolve("file"), part);
        }
        Files.writeString(workspace.result(), "{}");
    }

    @Test
    void aPassedTestLeavesNothingByDefault() throws IOException {
        KeepRules.DEFAULT.apply(workspace, Verdict.PASSED);
        assertThat(workspace.directory()).doesNotExist();
    }

    @Test
    void everyOtherVerdictKeepsEverythingByDefault() throws IOException {
        for (Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.PASSED) {
                KeepRules.DEFAULT.apply(workspace, verdict);
                assertThat(entries()).as(verdict.text()).hasSize(Workspace.PARTS.size() + 1);
            }
        }
    }

    @Test
    void theNamedPartsAndTheResultStay() throws IOException {
        new KeepRules(Set.of(KeptData.LOGS, KeptData.COLLECT), Set.of()).apply(workspace, Verdict.PASSED);
        assertThat(entries()).containsExactlyInAnyOrder("logs", "collect", "result.json");
    }

    @Test
    void aLinkInTheWorkspaceDoesNotLeadOutOfIt() throws IOException {
        Path outside = Files.writeString(topdir.resolve("outside"), "stays");
        Files.createSymbolicLink(workspace.collect().resolve("link"), outside);
        KeepRules.DEFAULT.apply(workspace, Verdict.PASSED);
        assertThat(outside).hasContent("stays");
    }

    private Iterable<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(workspace.directory())) {
            return entries.map(path -> path.getFileName().toString()).toList();
        }
    }
}
