package dev.vmtest.image;

/** Say how an image boots. The names stand as {@code subarch} in the products file. */
public enum ImageVariant {
    /** Our own initrd and a root without compression: what runs use. */
    GENERIC("generic"),
    /**
     * Debian's initrd with overlayroot and a zstd root: what is there without vmtest, to measure {@link #GENERIC}
     * against. Not for trixie.
     */
    PLAIN("plain");

    private final String subarch;

    ImageVariant(String subarch) {
        this.subarch = subarch;
    }

    /** Say whether an image of a release can be built in this way. */
    boolean isFor(DebianRelease release) {
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
}
