package dev.vmtest.check;

import java.util.Set;
import java.util.function.Consumer;

/**
 * Make a system wrong in one way.
 *
 * @param name what is wrong, which is also the test's name
 * @param change makes it so
 * @param caughtBy the names of the checks that fail then, and no other
 */
record Mutation(String name, Consumer<FakeSystem> change, Set<String> caughtBy) {

    static Mutation mutation(String name, Consumer<FakeSystem> change, String... caughtBy) {
        return new Mutation(name, change, Set.of(caughtBy));
    }

    @Override
    public String toString() {
        return name;
    }
}
