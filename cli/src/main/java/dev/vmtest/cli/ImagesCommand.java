package dev.vmtest.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Work on the install images of IMAGE_DIR. */
@Command(
        name = "images",
        description = "Builds, mirrors, lists, verifies and prunes install images.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ImagesCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Terminal.required(spec).commandLine(),
                "say what to do with the images: build, sync, query, verify or prune");
    }
}
