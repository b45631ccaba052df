package dev.vmtest.installer.builtin;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installer.ImageSystem;
import dev.vmtest.installer.InstallPayload;
import dev.vmtest.installer.InstallRequest;
import dev.vmtest.installer.Installer;
import dev.vmtest.installer.SuccessCriteria;
import java.nio.charset.StandardCharsets;

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
        InstallPlan plan = new InstallPlanner(request.config(), request.system(), request.uefi(), problems).plan();
        byte[] script = plan.script(request.version()).getBytes(StandardCharsets.UTF_8);
        String installs = request.config().sources().isEmpty()
                ? request.system().text()
                : request.config().sources().get(0).uri().reveal();
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
        return new InstallPlanner(config, ImageSystem.TARGET_IMAGE, uefi, problems).plan();
    }
}
