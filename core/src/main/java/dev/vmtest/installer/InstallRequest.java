package dev.vmtest.installer;

import dev.vmtest.installconfig.InstallConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * Ask an installer for its payload.
 *
 * @param config the whole configuration: all layers merged, reporting included
 * @param layers the files of the layers, first to last, for an installer that merges by itself
 * @param source what is installed where the configuration names no source, such as {@code cp:///media/root-ro}
 * @param system what the image brings to install, for an installer that was made for it
 * @param uefi whether the machine boots by UEFI
 * @param version the version of vmtest that the install log names
 * @param workspace an existing directory for files that the installer makes on the host
 */
public record InstallRequest(
        InstallConfig config,
        List<Path> layers,
        String source,
        ImageSystem system,
        boolean uefi,
        String version,
        Path workspace) {

    public InstallRequest {
        layers = List.copyOf(layers);
    }
}
