package dev.vmtest.run;

import dev.vmtest.facts.Distribution;
import dev.vmtest.image.DebianRelease;
import java.util.Arrays;
import java.util.List;

/** Say what the checks need to know about a release. */
final class Releases {

    private Releases() {}

    /** Return the code names that a test can ask for. */
    static List<String> names() {
        return Arrays.stream(DebianRelease.values())
                .map(DebianRelease::codename)
                .toList();
    }

    /** Return the family of a release; every release that can be built here is a Debian. */
    static Distribution distribution(String release) {
        if (!names().contains(release)) {
            throw new IllegalArgumentException("no release is called '" + release + "'");
        }
        return Distribution.DEBIAN;
    }

    /** Return the kernel package that the target of a release has installed. */
    static String kernelPackage(String release) {
        return switch (distribution(release)) {
            case DEBIAN -> "linux-image-cloud-amd64";
            case UBUNTU -> "linux-image-generic";
            case CENTOS -> "kernel";
        };
    }
}
