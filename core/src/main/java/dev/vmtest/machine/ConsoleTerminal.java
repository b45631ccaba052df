package dev.vmtest.machine;

/** Be the terminal of a person who attends a machine. */
public interface ConsoleTerminal {

    /** Be what the person's keys reach. Each call returns at once; calls for a machine that is gone do nothing. */
    interface Keys {

        /** Type bytes into the serial console. */
        void type(byte[] bytes);

        /** Press the power button, so that the guest powers off in order. */
        void powerButton();

        /** End the machine: {@link Machine#ended()} completes with {@link MachineEnd.Cancelled}. */
        void leave();
    }

    /** Take the keys of a machine that runs now; those of an earlier one are of no use any more. */
    void attach(Keys keys);

    /**
     * Show what the guest wrote. Called from one thread, in order.
     *
     * @param data holds the bytes, which are only valid during the call
     * @param length how many bytes there are
     */
    void show(byte[] data, int length);
}
