package dev.vmtest.machine.qemu;

import java.util.Map;

/**
 * Hold one piece of a machine that QEMU makes when it starts, or later when it is told to.
 *
 * @param kind what it is
 * @param option its name and properties
 */
record HardwarePart(Kind kind, QemuOption option) {

    /** Name a kind in QEMU's words. */
    enum Kind {
        BLOCK_BACKEND("-blockdev", "blockdev-add", "driver"),
        NETWORK_BACKEND("-netdev", "netdev_add", "type"),
        DEVICE("-device", "device_add", "driver");

        private final String flag;
        private final String command;
        private final String firstKey;

        Kind(String flag, String command, String firstKey) {
            this.flag = flag;
            this.command = command;
            this.firstKey = firstKey;
        }

        /** Return the option of the command line. */
        String flag() {
            return flag;
        }

        /** Return the QMP command that does the same while QEMU runs. */
        String command() {
            return command;
        }
    }

    /** Return the arguments of {@link Kind#command()}. */
    Map<String, Object> arguments() {
        return option.arguments(kind.firstKey);
    }
}
