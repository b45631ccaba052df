package dev.vmtest.trial;

import dev.vmtest.process.FileTree;
import dev.vmtest.result.Verdict;
import dev.vmtest.settings.KeptData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decide which parts of a workspace stay when a test is over.
 *
 * <p>These are the Python harness's {@code CURTIN_VMTEST_KEEP_DATA_PASS} and {@code
 * CURTIN_VMTEST_KEEP_DATA_FAIL}. No part at all removes the whole directory of the test, every part
 * keeps it as it is.
 *
 * @param onPass what stays of a test that passed
 * @param onFail what stays of any other test
 */
public record KeepRules(Set<KeptData> onPass, Set<KeptData> onFail) {

    private static final Set<KeptData> ALL = Set.copyOf(EnumSet.allOf(KeptData.class));

    /** The Python harness's defaults: nothing of a test that passed, everything of any other. */
    public static final KeepRules DEFAULT = new KeepRules(Set.of(), ALL);

    public KeepRules {
        onPass = Set.copyOf(onPass);
        onFail = Set.copyOf(onFail);
    }

    /** Return which directories of a test go when it is over, in words; empty if none does. */
    public String removal(Verdict verdict) {
        Set<KeptData> kept = kept(verdict);
        if (kept.isEmpty()) {
            return "its directory";
        }
        return EnumSet.allOf(KeptData.class).stream()
                .filter(data -> !kept.contains(data))
                .map(KeptData::directory)
                .collect(Collectors.joining(", "));
    }

    private Set<KeptData> kept(Verdict verdict) {
        return verdict == Verdict.PASSED ? onPass : onFail;
    }

    /** What a later boot collected is named after it. */
    private static boolean isOf(KeptData data, String name) {
        return name.equals(data.directory()) || name.startsWith(data.directory() + "-");
    }

    /**
     * Remove what does not stay.
     *
     * @param workspace the directory of a test that is over
     * @param verdict how it ended
     * @throws IOException if something cannot be removed
     */
    public void apply(Workspace workspace, Verdict verdict) throws IOException {
        Set<KeptData> kept = kept(verdict);
        if (kept.equals(ALL)) {
            return;
        }
        if (kept.isEmpty()) {
            FileTree.delete(workspace.directory());
            return;
        }
        for (Path entry : FileTree.children(workspace.directory())) {
            String name = entry.getFileName().toString();
            boolean isKept = kept.stream().anyMatch(data -> isOf(data, name));
            if (!isKept && !entry.equals(workspace.result())) {
                FileTree.delete(entry);
            }
        }
    }
}
