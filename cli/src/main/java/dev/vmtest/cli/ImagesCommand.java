package dev.vmtest.cli;

import picocli.CommandLine.Command;

/** Work on the install images of IMAGE_DIR. */
@Command(
        name = "images",
        description = "Builds, lists, verifies and prunes install images.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ImagesBuildCommand.class,
            ImagesQueryCommand.class,
            ImagesVerifyCommand.class,
            ImagesPruneCommand.class
        })
final class ImagesCommand {}
