package dev.vmtest.testcase;

import dev.vmtest.facts.Distribution;
import dev.vmtest.release.KnownRelease;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.release.ReleaseTable;

/** Say what the phases and checks need to know about the release of a test. */
public final class Releases {

    private Releases() {}

    /** Return the base of a test case, whose name was found to be one when the case was made. */
    static ReleaseBase base(String name) {
        return ReleaseTable.base(name)
                .orElseThrow(() -> new IllegalArgumentException("no release is called '" + name + "'"));
    }

    /** Return the row of a release that is installed. */
    static KnownRelease target(String codename) {
        return ReleaseTable.find(codename)
                .orElseThrow(() -> new IllegalArgumentException("no release is called '" + codename + "'"));
    }

    /** Return the family of the system that a test installs. */
    public static Distribution distribution(TestCase test) {
        return switch (target(test.targetRelease()).family()) {
            case DEBIAN -> Distribution.DEBIAN;
            case UBUNTU, UBUNTU_CORE -> Distribution.UBUNTU;
            case CENTOS -> Distribution.CENTOS;
        };
    }

    /** Return the kernel package that the target of a test has installed. */
    public static String kernelPackage(TestCase test) {
        String asked = test.kernelPackage();
        if (!asked.isEmpty()) {
            return asked;
        }
        ReleaseBase base = test.base();
        KnownRelease target = target(test.targetRelease());
        if (target.equals(base.target()) || target.kernels().isEmpty()) {
            return base.kernelPackage(test.machine().architecture());
        }
        return target.kernels().get(0).kernelPackage();
    }
}
