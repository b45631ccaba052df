package dev.vmtest.bench;

import java.util.List;

/** Measure claims that belong to one experiment. A further benchmark is one more of these in {@link Main}. */
interface Benchmark {

    /** Return the word that asks for this benchmark alone. */
    String name();

    /**
     * Measure.
     *
     * @throws Exception if nothing could be measured; the message says why
     */
    List<Entry> measure(Laboratory laboratory) throws Exception;
}
