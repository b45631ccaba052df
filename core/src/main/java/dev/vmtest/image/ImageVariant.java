package dev.vmtest.image;

/** Say how an image boots. The names stand as {@code subarch} in the products file. */
public enum ImageVariant {
    /** Our own initrd and a root without compression: what runs use. */
    GENERIC("generic"),
    /**
     * Debian's initrd with overlayroot and a zstd root: what is there without vmtest, to measure {@link #GENERIC}
     * against. Not for trixie, where overlayroot's hook fails.
     */
    PLAIN("plain");

    private final String subarch;

    ImageVariant(String subarch) {
        this.subarch = subarch;
    }

    /** Return the name in the products file. */
    public String subarch() {
        return subarch;
    }
}
