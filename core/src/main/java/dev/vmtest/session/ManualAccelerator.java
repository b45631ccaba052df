package dev.vmtest.session;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.qemu.Accelerators;
import dev.vmtest.release.Architecture;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Choose what executes a machine that belongs to no test: one without an accelerator works too, only slower. */
final class ManualAccelerator {

    private final Accelerators accelerators;
    private final HostImages images;

    ManualAccelerator(Accelerators accelerators, HostImages images) {
        this.accelerators = accelerators;
        this.images = images;
    }

    /**
     * Choose for a machine that a person puts together.
     *
     * @param kernel the kernel that it will run if that is known; otherwise that of any image is tried
     */
    Accelerator choose(Architecture guest, @Nullable Path kernel) {
        Architecture host = Architecture.host();
        if (!guest.runsOn(host)) {
            return Accelerator.tcg("a host of " + host.debianName() + " emulates guests of " + guest.debianName());
        }
        try {
            Path tried = kernel;
            if (tried == null || guest != host) {
                Optional<InstallImage> any =
                        images.any(image -> image.arch().equals(host.debianName()) && image.has("boot-kernel"));
                if (any.isEmpty()) {
                    return Accelerator.tcg("there is no image to try KVM with");
                }
                tried = any.get().kernel();
            }
            return accelerators.choose(tried);
        } catch (MachineException | ImageException unknown) {
            return Accelerator.tcg("whether KVM works cannot be found out: " + unknown.getMessage());
        }
    }

    /** Return whether no guest is known to have run under an accelerator here. */
    boolean emulatesAnyGuest() {
        try {
            Optional<InstallImage> any = images.any(image -> true);
            return any.isEmpty() || accelerators.choose(any.get().kernel()).name() == Accelerator.Name.TCG;
        } catch (MachineException | ImageException unknown) {
            return true;
        }
    }
}
