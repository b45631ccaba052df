package dev.vmtest.image;

import dev.vmtest.release.KnownRelease;
import dev.vmtest.release.ReleaseBase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Choose among images the newest that serves a purpose, and say which command makes one where there is none. */
final class ImageChoice {

    private static final List<String> NEEDED = List.of("boot-kernel", "boot-initrd", "squashfs");

    private final ImageDirectory directory;
    private final List<InstallImage> images;

    ImageChoice(ImageDirectory directory, List<InstallImage> images) {
        this.directory = directory;
        this.images = List.copyOf(images);
    }

    /** Say whether an image has what boots an install environment. */
    static boolean boots(InstallImage image) {
        return NEEDED.stream().allMatch(image::has);
    }

    /**
     * Return the image of the install environment of a release base, with the base's kernel.
     *
     * @param arch Debian's name of the architecture
     * @param variant which of the images that are built here; what is mirrored has none
     * @throws ImageException if there is none or a file of the newest one is missing or has another size, with the
     *     command that mends it
     */
    InstallImage newest(ReleaseBase base, String arch, ImageVariant variant) throws ImageException {
        KnownRelease release = base.environment();
        if (base.isBuilt()) {
            return newestBuilt(release.codename(), arch, variant);
        }
        String subarch = base.kernel().subarch();
        return whole(
                image -> isOf(image, release, arch) && image.subarch().equals(subarch) && boots(image),
                "there is no image of " + release.codename() + " " + arch + "/" + subarch + " in " + directory.root(),
                "fetch it with '" + syncCommand(release, arch) + "'");
    }

    /** Return the image of a release that was built here. */
    InstallImage newestBuilt(String release, String arch, ImageVariant variant) throws ImageException {
        return whole(
                image -> image.release().equals(release)
                        && image.arch().equals(arch)
                        && image.subarch().equals(variant.subarch())
                        && boots(image),
                "there is no image of " + release + " " + arch
                        + (variant == ImageVariant.GENERIC ? "" : " with the variant " + variant) + " in "
                        + directory.root(),
                "build it with '" + buildCommand(release, variant) + "'");
    }

    /** Return the image of a release that has a file to install. */
    InstallImage newestWith(KnownRelease release, String arch, String fileType) throws ImageException {
        return whole(
                image -> isOf(image, release, arch) && image.has(fileType),
                "there is no " + fileType + " of " + release.codename() + " " + arch + " in " + directory.root(),
                release.family() == KnownRelease.Family.DEBIAN
                        ? "build it with '" + buildCommand(release.codename(), ImageVariant.GENERIC) + "'"
                        : "fetch it with '" + syncCommand(release, arch) + "'");
    }

    private static boolean isOf(InstallImage image, KnownRelease release, String arch) {
        return image.release().equals(release.codename())
                && image.arch().equals(arch)
                && image.os().equals(release.family().os());
    }

    private InstallImage whole(Predicate<InstallImage> wanted, String absence, String remedy) throws ImageException {
        InstallImage newest = images.stream()
                .filter(wanted)
                .max(Comparator.comparing(InstallImage::version, ImageVersions.ORDER))
                .orElseThrow(() -> ImageException.absence(absence, remedy));
        Optional<String> damage = damage(newest);
        if (damage.isPresent()) {
            throw new ImageException(damage.get(), again(remedy));
        }
        return newest;
    }

    /** A build with the same inputs does nothing unless it is forced; a sync looks at every file. */
    private static String again(String remedy) {
        return remedy.startsWith("build")
                ? remedy.replaceFirst("build it", "build it again").replaceFirst("'$", " --force'")
                : remedy.replaceFirst("fetch it", "fetch it again");
    }

    /** Return what is wrong with an image's files as far as existence and size tell, or nothing. */
    static Optional<String> damage(InstallImage image) {
        for (ImageFile file : image.files()) {
            try {
                long size = Files.size(file.path());
                if (size != file.size()) {
                    return Optional.of("the image file " + file.path() + " has " + size + " bytes, not " + file.size());
                }
            } catch (IOException missing) {
                return Optional.of("the image file " + file.path() + " is missing");
            }
        }
        return Optional.empty();
    }

    private static String syncCommand(KnownRelease release, String arch) {
        return "vmtest images sync " + release.codename() + " --arches " + arch;
    }

    private static String buildCommand(String release, ImageVariant variant) {
        return "vmtest images build --release " + release
                + (variant == ImageVariant.GENERIC ? "" : " --variant " + variant.subarch());
    }
}
