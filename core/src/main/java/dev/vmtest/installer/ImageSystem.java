package dev.vmtest.installer;

/** Say which system an install environment brings to install, where the configuration names no source. */
public enum ImageSystem {
    /** The target image, on a disk of its own; built images have one. */
    TARGET_IMAGE("the target image"),
    /** The root that the environment itself runs from, for an image without a target image. */
    OWN_ROOT("the root of the install environment, because its image has no target image");

    /** The serial of the disk that holds the system to install, a squashfs, where the image has such a one. */
    public static final String TARGET_IMAGE_SERIAL = "target-image";

    private final String text;

    ImageSystem(String text) {
        this.text = text;
    }

    /** Return it in words, for results. */
    public String text() {
        return text;
    }
}
