package dev.vmtest.image;

import dev.vmtest.release.Renderer;

/**
 * Say what the systems of an image must have for a test, where images of a release differ.
 *
 * @param renderer what configures the network
 * @param zfs whether there must be ZFS: tools, initramfs and the kernel's module. Debian's kernels come without it
 */
public record ImageNeeds(Renderer renderer, boolean zfs) {

    /** Say that nothing but a renderer is needed. */
    public static ImageNeeds of(Renderer renderer) {
        return new ImageNeeds(renderer, false);
    }
}
