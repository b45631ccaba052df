package dev.vmtest.machine;

/** Tell the time since some fixed moment, unmoved by changes of the clock. */
@FunctionalInterface
public interface Ticker {

    /** The JVM's monotonic clock. */
    Ticker SYSTEM = System::nanoTime;

    /** Return nanoseconds; only differences mean something. */
    long nanos();
}
