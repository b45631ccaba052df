package dev.vmtest.image;

import dev.vmtest.release.DebianRelease;
import dev.vmtest.release.KnownRelease;
import dev.vmtest.release.Renderer;
import dev.vmtest.text.MistakeException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Say how an image boots, and what configures its network. The names stand as {@code subarch} in the products file. */
public enum ImageVariant {
    /** Our own initrd, a root without compression, and a target image for a short first boot: what runs use. */
    GENERIC(KnownRelease.USUAL_SUBARCH),
    /** The same with systemd-networkd, which netplan tells what to do, in place of ifupdown. */
    NETWORKD(Renderer.NETWORKD.text()),
    /** The same with NetworkManager, which netplan tells what to do, in place of ifupdown. */
    NETWORK_MANAGER(Renderer.NETWORK_MANAGER.text()),
    /** The usual one with ZFS: its tools, its part of the initramfs, and its module, which the build makes for the kernel. */
    ZFS("zfs"),
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
            case GENERIC, NETWORKD, NETWORK_MANAGER, ZFS -> true;
            // In trixie's root, overlayroot's hook ends mkinitramfs.
            case PLAIN -> release == DebianRelease.BOOKWORM;
        };
    }

    /** Return what configures the network of its systems. */
    public Renderer renderer() {
        return switch (this) {
            case GENERIC, ZFS, PLAIN -> Renderer.IFUPDOWN;
            case NETWORKD -> Renderer.NETWORKD;
            case NETWORK_MANAGER -> Renderer.NETWORK_MANAGER;
        };
    }

    /** Return this variant where its systems have what a test needs, and otherwise the usual one whose systems have it. */
    public ImageVariant with(ImageNeeds needs) {
        if (needs.zfs()) {
            return ZFS;
        }
        return needs.renderer() == renderer()
                ? this
                : switch (needs.renderer()) {
                    case IFUPDOWN -> GENERIC;
                    case NETWORKD -> NETWORKD;
                    case NETWORK_MANAGER -> NETWORK_MANAGER;
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
