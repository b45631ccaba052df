package dev.vmtest.release;

import dev.vmtest.release.KnownRelease.Family;
import dev.vmtest.release.KnownRelease.Kernel;

/**
 * Say what a test runs on: which install environment boots, with which kernel, and which release it installs.
 *
 * @param name the name in tests, options and directories: {@code bookworm}, {@code jammy-hwe}, {@code
 *     centos70-from-bionic}
 * @param environment the release of the install environment
 * @param kernel the kernel of the install environment
 * @param target the release that is installed
 */
public record ReleaseBase(String name, KnownRelease environment, Kernel kernel, KnownRelease target) {

    /** Say whether the install environment installs its own release. */
    public boolean installsItself() {
        return environment.equals(target);
    }

    /** Say whether images of its install environment are built here, rather than mirrored. */
    public boolean isBuilt() {
        return environment.family() == Family.DEBIAN;
    }

    /** Return the package of the kernel that the installed system has; empty where it is no package. */
    public String kernelPackage(Architecture architecture) {
        return switch (target.family()) {
            case DEBIAN -> architecture.debianKernel();
            case UBUNTU -> kernel.kernelPackage();
            case CENTOS -> "kernel";
            case UBUNTU_CORE -> "";
        };
    }
}
