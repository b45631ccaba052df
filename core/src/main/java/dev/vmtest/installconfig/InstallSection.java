package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold the {@code install} key: where the installer logs, and what it leaves behind.
 *
 * @param saveInstallConfig path in the target, or null to save none
 * @param saveInstallLog path in the target, or null to save none
 * @param unmount whether the target is unmounted at the end
 * @param resumeData where the installer notes, outside the target, what it needs to go on later, or null
 * @param extraRsyncArguments what the program that copies the source is told besides
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
        boolean unmount,
        @Nullable String resumeData,
        List<String> extraRsyncArguments) {

    /** Read the {@code install} key. */
    static InstallSection read(MapReader root) {
        MapReader reader = root.section("install");
        String log = reader.text("log_file");
        String logFile = log == null ? "/var/log/curtin/install.log" : log;
        String unmount = reader.text("unmount");
        InstallSection install = new InstallSection(
                reader.source().location(),
                logFile,
                reader.bool("log_file_append", false),
                reader.has("post_files") ? List.copyOf(reader.texts("post_files")) : List.of(logFile),
                optional(reader, "save_install_config", "/root/curtin-install-cfg.yaml"),
                optional(reader, "save_install_log", "/root/curtin-install.log"),
                optional(reader, "error_tarfile", "/var/log/curtin/curtin-error-logs.tar"),
                reader.text("target"),
                !"disabled".equals(unmount),
                reader.text("resume_data"),
                List.copyOf(reader.texts("extra_rsync_args")));
        reader.accept("save_install_logs", "maas");
        if (reader.has("save_install_logs")) {
            reader.problems()
                    .addUnlessLeftToInstaller(
                            reader.source().locationOf("save_install_logs"),
                            "install: no installer reads 'save_install_logs'",
                            "write 'save_install_log'");
        }
        reader.refuseUnknown();
        return install;
    }

    /** Return a path, its default when absent, or null when it is null or false. */
    private static @Nullable String optional(MapReader reader, String key, String absent) {
        reader.accept(key);
        Value value = reader.source().get(key);
        if (value == null) {
            return absent;
        }
        boolean off =
                value instanceof ScalarValue scalar && (scalar.value() == null || Boolean.FALSE.equals(scalar.value()));
        return off ? null : reader.text(key);
    }
}
