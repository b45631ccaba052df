package dev.vmtest.launch;

/** Tell options of a device from those of what is behind it; an interface so that arguments can be read without QEMU. */
@FunctionalInterface
public interface DeviceOptions {

    /**
     * Say whether a device has an option.
     *
     * @param device QEMU's name of the device
     * @throws LaunchException if QEMU cannot be asked
     */
    boolean has(String device, String option) throws LaunchException;

    /**
     * Say whether there is a device of this name; without somebody to ask there may be.
     *
     * @throws LaunchException if QEMU cannot be asked
     */
    default boolean knows(String device) throws LaunchException {
        return true;
    }
}
