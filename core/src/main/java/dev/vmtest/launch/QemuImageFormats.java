package dev.vmtest.launch;

import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ask {@code qemu-img} for the formats of images that a person names; one that is not there yet will be raw. */
public final class QemuImageFormats implements DiskArguments.ImageFormats {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern FORMAT = Pattern.compile("(?m)^file format: (\\S+)$");

    private final Processes processes;

    public QemuImageFormats(Processes processes) {
        this.processes = processes;
    }

    @Override
    public String of(Path image) throws LaunchException {
        if (!Files.isRegularFile(image)) {
            return "raw";
        }
        try {
            String said = processes
                    // A relative path with a colon would be the name of a protocol.
                    .run(
                            Command.of(
                                    "qemu-img",
                                    "info",
                                    "--force-share",
                                    image.toAbsolutePath().toString()),
                            TIMEOUT)
                    .requireSuccess()
                    .stdout();
            Matcher format = FORMAT.matcher(said);
            return format.find() ? format.group(1) : "raw";
        } catch (ProcessException failed) {
            throw new LaunchException("the format of " + image + " is not known: " + failed.getMessage(), failed);
        }
    }
}
