package dev.vmtest.seed;

import dev.vmtest.files.NewFile;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Make the disk that cloud-init's NoCloud data source finds by its label {@code cidata}: an ISO 9660
 * image with Joliet and Rock Ridge names. It needs no root.
 */
public final class CidataDisk {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Processes processes;

    /** Make disks with the host's {@code xorrisofs}. */
    public CidataDisk(Processes processes) {
        this.processes = processes;
    }

    /**
     * Write a seed's documents to a directory, where they stay for people to read, and make the disk
     * of them.
     *
     * @param documents the directory, made when it is missing
     * @param disk the image; it appears whole or not at all
     * @throws IOException when a file can't be written
     * @throws ProcessException when {@code xorrisofs} is missing or fails
     */
    public void create(NoCloudSeed seed, Path documents, Path disk) throws IOException, ProcessException {
        Files.createDirectories(documents);
        Path unfinished = disk.resolveSibling(disk.getFileName() + ".unfinished");
        List<String> arguments =
                new ArrayList<>(List.of("xorrisofs", "-quiet", "-V", "cidata", "-J", "-r", "-graft-points", "-o"));
        arguments.add(unfinished.toString());
        for (Map.Entry<String, String> document : seed.files().entrySet()) {
            Path file = documents.resolve(document.getKey());
            NewFile.write(file, document.getValue());
            arguments.add(document.getKey() + "=" + escape(file.toString()));
        }
        try {
            var unused = processes.run(Command.of(arguments), TIMEOUT).requireSuccess();
            Files.move(unfinished, disk, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Escape what separates the two paths of a graft point (xorrisofs(1), -graft-points). */
    private static String escape(String path) {
        return path.replace("\\", "\\\\").replace("=", "\\=");
    }
}
