package dev.vmtest.tiny;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.installer.InstallPayload;
import dev.vmtest.installer.InstallRequest;
import dev.vmtest.installer.Installer;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.InstallerException;
import dev.vmtest.installer.InstallerFinding;
import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.process.Processes;
import dev.vmtest.release.ReleaseBase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Be a whole installer in a shell script: one disk, one file system. It reports nothing but its last words. */
public final class TinyInstaller implements Installer, InstallerChoice {

    static final String NAME = "tiny";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return "tiny 1";
    }

    @Override
    public InstallPayload payload(InstallRequest request, Problems problems) {
        try (InputStream script = Objects.requireNonNull(TinyInstaller.class.getResourceAsStream("install.sh"))) {
            return new InstallPayload(
                    "tiny.sh",
                    script.readAllBytes(),
                    SuccessCriteria.console(
                            Pattern.compile("tiny: the system is installed"),
                            List.of(Pattern.compile("tiny: it failed"))),
                    version(),
                    request.system().text());
        } catch (IOException broken) {
            throw new InstallerException("the script cannot be read", broken);
        }
    }

    @Override
    public String option() {
        return "--installer " + NAME;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }

    @Override
    public Problems problems() {
        return new Problems();
    }

    @Override
    public Promises promises() {
        return Promises.withoutRecords("the tiny installer");
    }

    @Override
    public void check(InstallConfig config, boolean uefi, Problems problems) {
        if (uefi) {
            problems.add(config.location(), "the tiny installer knows no UEFI", "use another");
        }
    }

    @Override
    public Optional<String> objectionTo(ReleaseBase base) {
        return base.isBuilt() ? Optional.empty() : Optional.of("the tiny installer installs Debian only");
    }

    @Override
    public Optional<String> objectionToOtherTargets() {
        return Optional.of("the tiny installer installs only a copy of its install environment");
    }

    @Override
    public String fingerprint() {
        return "tiny";
    }

    @Override
    public boolean discoversTargets() {
        return false;
    }

    @Override
    public Optional<InstallerFinding> examine(Processes processes, Path directory) {
        return Optional.empty();
    }

    @Override
    public Installer open(Processes processes, String version) {
        return this;
    }
}
