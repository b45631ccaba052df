package dev.vmtest.installer.builtin;

import dev.vmtest.config.Placed;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.InstallSource;
import dev.vmtest.installer.ImageSystem;
import dev.vmtest.installer.InstallPayload;
import dev.vmtest.installer.InstallRequest;
import dev.vmtest.installer.Installer;
import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.release.SourceKind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Be vmtest's own installer: it reads curtin's format, plans on the host, and emits one POSIX shell
 * script of standard tools that runs in the install environment.
 */
public final class BuiltinInstaller implements Installer {

    /** The name by which a user chooses it. */
    public static final String NAME = "builtin";

    private final String version;

    /**
     * Be it.
     *
     * @param version the version of this vmtest
     */
    public BuiltinInstaller(String version) {
        this.version = version;
    }

    @Override
    public String version() {
        return "vmtest " + version;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public InstallPayload payload(InstallRequest request, Problems problems) {
        InstallSource given = InstallSource.of(request.config().location(), request.source());
        boolean isMade =
                request.config().sources().isEmpty() && given.directory().isEmpty();
        List<InstallSource> made = isMade ? List.of(given) : List.of();
        InstallPlan plan =
                new InstallPlanner(request.config(), made, request.system(), request.uefi(), problems).plan();
        byte[] script = plan.script(request.version()).getBytes(StandardCharsets.UTF_8);
        List<InstallSource> sources = made.isEmpty() ? request.config().sources() : made;
        String installs = sources.isEmpty()
                ? request.system().text()
                : sources.get(0).uri().reveal();
        return new InstallPayload(
                "install.sh", script, SuccessCriteria.CURTIN, "vmtest " + request.version(), installs);
    }

    /**
     * Plan an install of an image that was built here.
     *
     * <p>What is not covered is added to the problems; a plan with problems must not be run.
     *
     * @param uefi whether the machine boots by UEFI
     */
    public static InstallPlan plan(InstallConfig config, boolean uefi, Problems problems) {
        Placed<SourceKind> kind = config.vmtest().source();
        List<InstallSource> made = kind == null
                ? List.of()
                : List.of(InstallSource.of(
                        kind.location(),
                        kind.value() + ":" + CoverageRules.OWN_SERVER + "source/"
                                + kind.value().fileName()));
        return new InstallPlanner(config, made, ImageSystem.TARGET_IMAGE, uefi, problems).plan();
    }
}
