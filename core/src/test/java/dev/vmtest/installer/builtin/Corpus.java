package dev.vmtest.installer.builtin;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Read the configurations that tests plan. */
final class Corpus {

    private Corpus() {}

    /** Return the configurations of a resource directory. */
    static List<Path> files(String directory) {
        URL url = Objects.requireNonNull(Corpus.class.getResource(directory));
        try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Plan a file; its name says whether the machine boots by UEFI. */
    static InstallPlan plan(Path file, Problems problems) {
        String name = String.valueOf(file.getFileName());
        return plan(ConfigFiles.load(file, name, problems), name.contains("uefi"), problems);
    }

    /** Plan a text for a machine that boots by BIOS. */
    static InstallPlan plan(String yaml, Problems problems) {
        return plan(ConfigFiles.parse("c.yaml", yaml, problems), false, problems);
    }

    private static InstallPlan plan(dev.vmtest.config.MapValue root, boolean uefi, Problems problems) {
        return BuiltinInstaller.plan(InstallConfig.read(root, problems), uefi, problems);
    }
}
