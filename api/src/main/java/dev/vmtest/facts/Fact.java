package dev.vmtest.facts;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hold a value that was read once, or the reason why it is not known. */
final class Fact<T> {

    private final @Nullable T value;
    private final String problem;

    private Fact(@Nullable T value, String problem) {
        this.value = value;
        this.problem = problem;
    }

    /**
     * Read a fact.
     *
     * @param source the file it comes from, for the message
     */
    static <T> Fact<T> read(String source, Supplier<T> reader) {
        try {
            return new Fact<>(reader.get(), "");
        } catch (NotCollectedException exception) {
            return new Fact<>(null, String.valueOf(exception.getMessage()));
        } catch (RuntimeException | StackOverflowError malformed) {
            // The guest may write anything at all; what cannot be read is an unknown fact.
            return new Fact<>(null, source + " cannot be read: " + malformed.getMessage());
        }
    }

    T get() {
        if (value == null) {
            throw new NotCollectedException(problem);
        }
        return value;
    }

    String problem() {
        return problem;
    }
}
