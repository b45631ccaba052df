package dev.vmtest.session;

/** Know whether this JVM is being ended from outside, by Ctrl-C, TERM or HUP. */
public final class Shutdown {

    private static final Thread NEVER_REGISTERED = new Thread(() -> {}, "never-registered");

    private Shutdown() {}

    /**
     * Say whether the JVM has begun to shut down.
     *
     * <p>It is true before the first shutdown hook runs. So whoever asks here before it tells or
     * decides something knows that guests which just died were not at fault.
     */
    public static boolean isUnderWay() {
        try {
            Runtime.getRuntime().removeShutdownHook(NEVER_REGISTERED);
            return false;
        } catch (IllegalStateException shuttingDown) {
            return true;
        }
    }
}
