package dev.vmtest.testcase;

import dev.vmtest.release.KnownRelease;
import dev.vmtest.release.KnownRelease.Line;
import dev.vmtest.release.ReleaseBase;

/**
 * Say what the release of a test adds to its configuration.
 *
 * @param bringsKernel whether the image has the kernel and the package sources that its system is to have
 * @param fallbackKernel the kernel package that is installed where the installer finds none that fits; empty for the
 *     installer's own choice
 * @param proposed the package source of what is proposed for the release that is installed, as apt or curtin read it;
 *     empty if it has none
 * @param isInDevelopment whether the release that is installed is still in development
 */
record ReleaseLayers(boolean bringsKernel, String fallbackKernel, String proposed, boolean isInDevelopment) {

    /**
     * Return what a release base adds: those of a kernel line of its own say which package that is.
     *
     * @param target the release that is installed
     */
    static ReleaseLayers of(ReleaseBase base, KnownRelease target, boolean isInDevelopment) {
        boolean hasOwnLine = base.kernel().line() != Line.GA && base.installsItself();
        return new ReleaseLayers(
                base.isBuilt(), hasOwnLine ? base.kernel().kernelPackage() : "", proposed(target), isInDevelopment);
    }

    private static String proposed(KnownRelease target) {
        return switch (target.family()) {
            // curtin knows Ubuntu's pocket by this word (curtin documentation, "APT source").
            case UBUNTU -> "proposed";
            case DEBIAN -> "deb $MIRROR $RELEASE-proposed-updates main";
            case UBUNTU_CORE, CENTOS -> "";
        };
    }
}
