package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold the {@code install} key: where the installer logs, and what it leaves behind.
 *
 * @param saveInstallConfig path in the target, or null to save none
 * @param saveInstallLog path in the target, or null to save none
 * @param unmount whether the target is unmounted at the end
 */
public record InstallSection(
        Location location,
        String logFile,
        boolean logFileAppend,
        List<String> postFiles,
        @Nullable String saveInstallConfig,
        @Nullable String saveInstallLog,
        @Nullable String errorTarfile,
        @Nullable String target,
        boolean unmount) {}
