package dev.vmtest.cli;

import dev.vmtest.files.NewFile;
import dev.vmtest.plan.WorkShare;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * Hold which part of the tests was asked for.
 *
 * @param written the part; null leaves it to the scheduler that started this command
 */
record ShardChoice(@Nullable Shard written) {

    private static final String AUTO = "auto";

    /**
     * Return the part.
     *
     * @throws dev.vmtest.text.MistakeException if no scheduler tells one
     */
    Shard of(Map<String, String> environment) {
        if (written != null) {
            return written;
        }
        WorkShare share = WorkShare.of(environment);
        sayThatPartsAreKnown(environment);
        return new Shard(share.number(), share.count());
    }

    /** Bazel runs everything in each part, and fails, unless a test says so. */
    private static void sayThatPartsAreKnown(Map<String, String> environment) {
        String file = WorkShare.bazelStatusFile(environment);
        if (file.isEmpty()) {
            return;
        }
        try {
            NewFile.append(Path.of(file)).close();
        } catch (IOException refused) {
            throw new InfrastructureException(
                    WorkShare.BAZEL_STATUS_FILE + " names " + file + ", which cannot be written: "
                            + PlainTrouble.of(refused),
                    refused);
        }
    }

    /** Read {@code I/N} or {@code auto}. */
    static final class Converter implements ITypeConverter<ShardChoice> {

        @Override
        public ShardChoice convert(String text) {
            return new ShardChoice(text.equals(AUTO) ? null : new Shard.Converter().convert(text));
        }
    }
}
