package dev.vmtest.run;

import dev.vmtest.image.KnownRelease.Line;
import dev.vmtest.image.ReleaseBase;

/**
 * Say what the release of a test adds to its configuration.
 *
 * @param bringsKernel whether the image has the kernel and the package sources that its system is to have
 * @param fallbackKernel the kernel package that is installed where the installer finds none that fits; empty for the
 *     installer's own choice
 */
record ReleaseLayers(boolean bringsKernel, String fallbackKernel) {

    /** Return what a release base adds: those of a kernel line of its own say which package that is. */
    static ReleaseLayers of(ReleaseBase base) {
        boolean hasOwnLine = base.kernel().line() != Line.GA && base.installsItself();
        return new ReleaseLayers(base.isBuilt(), hasOwnLine ? base.kernelPackage() : "");
    }
}
