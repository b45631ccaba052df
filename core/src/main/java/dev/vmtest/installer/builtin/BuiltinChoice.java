package dev.vmtest.installer.builtin;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.installer.Installer;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.InstallerFinding;
import dev.vmtest.process.Processes;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.release.ReleaseTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Test vmtest's own installer: it refuses what it would leave out, and installs what images built here bring. */
public final class BuiltinChoice implements InstallerChoice {

    /** The only one. */
    public static final BuiltinChoice CHOICE = new BuiltinChoice();

    private BuiltinChoice() {}

    @Override
    public String name() {
        return BuiltinInstaller.NAME;
    }

    @Override
    public String option() {
        return "";
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
        return Promises.EVERYTHING;
    }

    @Override
    public void check(InstallConfig config, boolean uefi, Problems problems) {
        BuiltinInstaller.plan(config, uefi, problems);
    }

    @Override
    public Optional<String> objectionTo(ReleaseBase base) {
        return base.isBuilt() && base.installsItself()
                ? Optional.empty()
                : Optional.of("the built-in installer installs only releases whose images are built here ("
                        + String.join(", ", ReleaseTable.usualNames()) + "); --installer curtin installs "
                        + base.name());
    }

    @Override
    public Optional<String> objectionToOtherTargets() {
        return Optional.of(
                "the built-in installer installs only a copy of its install environment;" + " use --installer curtin");
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
    public String fingerprint() {
        return "";
    }

    @Override
    public Installer open(Processes processes, String version) {
        return new BuiltinInstaller(version);
    }
}
