package dev.vmtest.cli;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.storage.ActionType;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.testcase.TestDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Name the tests of the suite whose configurations have something in common. */
final class LayoutGroup {

    /** Every test whose configuration has a storage section. */
    static final String STORAGE = "storage";

    private final Predicate<StorageAction> member;

    private LayoutGroup(Predicate<StorageAction> member) {
        this.member = member;
    }

    /** Return the group that a word means: {@value #STORAGE}, or a type of storage actions such as {@code raid}. */
    static Optional<LayoutGroup> of(String word) {
        if (word.equals(STORAGE)) {
            return Optional.of(new LayoutGroup(action -> true));
        }
        return Arrays.stream(ActionType.values())
                .filter(type -> type.text().equals(word))
                .findFirst()
                .map(type -> new LayoutGroup(action -> action.type() == type));
    }

    /** Return all words that mean a group. */
    static List<String> words() {
        List<String> words = new ArrayList<>(List.of(STORAGE));
        Arrays.stream(ActionType.values()).map(ActionType::text).forEach(words::add);
        return words;
    }

    /** Say whether the configuration of a test has a storage action of the group; one that can't be read has none. */
    boolean holds(TestDefinition test) {
        Problems problems = new Problems();
        StorageConfig storage =
                InstallConfig.read(test.config().read(problems), problems).storage();
        return storage != null && storage.actions().stream().anyMatch(member);
    }
}
