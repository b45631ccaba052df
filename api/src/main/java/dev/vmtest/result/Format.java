package dev.vmtest.result;

import org.apiguardian.api.API;

/**
 * Number the form of what a run writes: {@code results.json}, {@code result.json}, {@code units.json} and
 * {@code logs/run.jsonl}.
 *
 * <p>A field that is added leaves the number as it is, for readers pass over what they do not know. A field that goes, or
 * that means something else, raises it.
 */
@API(status = API.Status.INTERNAL)
public final class Format {

    /** The form that this version writes, and the newest that it reads. */
    public static final int NUMBER = 1;

    private Format() {}
}
