package dev.vmtest.session;

import dev.vmtest.guestfs.Backdoor;
import dev.vmtest.guestfs.GuestImage;
import dev.vmtest.guestfs.GuestfsException;
import dev.vmtest.image.ImageException;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Open images on this host for a person. */
public final class ImageAccess implements AutoCloseable {

    private final Host host;

    private ImageAccess(Host host) {
        this.host = host;
    }

    /** Prepare this host's way; nothing is started yet. */
    public static ImageAccess open(Surroundings surroundings) {
        return new ImageAccess(new Host(
                SessionOptions.DEFAULT,
                surroundings,
                new SupervisedProcesses(
                        QemuChoice.of(surroundings.environment()).changes()),
                Clock.systemUTC()));
    }

    /** Run a command on the terminal while images are mounted; see {@link dev.vmtest.guestfs.Guestfs#withMount}. */
    public int withMount(List<GuestImage> images, List<String> mounts, boolean readOnly, List<String> command)
            throws GuestfsException {
        return host.guestfs().withMount(images, mounts, readOnly, command);
    }

    /**
     * Return the root file system of the newest install image of a release.
     *
     * @throws ImageException if there is none, with the command that mends it
     */
    public Path root(String release) throws ImageException {
        return host.images().find(release).squashfs();
    }

    /** Return the file systems of images. */
    public List<String> fileSystems(List<GuestImage> images) throws GuestfsException {
        return host.guestfs().fileSystems(images);
    }

    /** Add a user to an installed system. */
    public void add(Backdoor backdoor, List<GuestImage> images) throws GuestfsException {
        backdoor.addTo(host.guestfs(), images, host.temporaryDirectory());
    }

    @Override
    public void close() {
        host.close();
    }
}
