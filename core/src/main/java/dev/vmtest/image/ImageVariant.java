package dev.vmtest.image;

import dev.vmtest.release.DebianRelease;
import dev.vmtest.release.KnownRelease;
import dev.vmtest.text.MistakeException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Say how an image boots. The names stand as {@code subarch} in the products file. */
public enum ImageVariant {
    /** Our own initrd, a root without compression, and a target image for a short first boot: what runs use. */
    GENERIC(KnownRelease.USUAL_SUBARCH),
    /**
     * Debian's initrd with overlayroot and a zstd root, which is also what is installed: what is there without vmtest, to
     * measure {@link #GENERIC} against. Not for trixie.
     */
    PLAIN("plain");

    private final String subarch;

    ImageVariant(String subarch) {
        this.subarch = subarch;
    }

    /**
     * Return the variant of a name.
     *
     * @throws MistakeException that names all variants, if there is none
     */
    public static ImageVariant of(String subarch) {
        return Arrays.stream(values())
                .filter(variant -> variant.subarch.equals(subarch))
                .findFirst()
                .orElseThrow(() -> new MistakeException("no variant of an image is called '" + subarch
                        + "'; these are: "
                        + Arrays.stream(values()).map(ImageVariant::subarch).collect(Collectors.joining(", "))));
    }

    /** Say whether an image of a release can be built in this way. */
    public boolean isFor(DebianRelease release) {
        return switch (this) {
            case GENERIC -> true;
            // In trixie's root, overlayroot's hook ends mkinitramfs.
            case PLAIN -> release == DebianRelease.BOOKWORM;
        };
    }

    /** Return the name in the products file. */
    public String subarch() {
        return subarch;
    }

    /** Return {@link #subarch()}, for the help of commands. */
    @Override
    public String toString() {
        return subarch;
    }
}
