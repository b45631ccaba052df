package dev.vmtest.engine;

import java.time.Duration;

/**
 * Say how often a run looks at its units on other hosts, and how long it waits for what a file server is late with.
 *
 * @param look between two looks at events and results
 * @param patience after how long without a word of the run a unit ends itself
 * @param settle how long a result may take to be seen here after its unit has ended there
 */
public record EngineTimes(Duration look, Duration patience, Duration settle) {

    /** NFS shows a file that others changed after at most a minute, usually within seconds (nfs(5), acregmax). */
    public static final EngineTimes USUAL =
            new EngineTimes(Duration.ofMillis(500), Duration.ofSeconds(90), Duration.ofSeconds(70));
}
