package dev.vmtest.facts;

import org.apiguardian.api.API;

/**
 * Say that a fact is not known: its file is missing, too large, or does not hold what its name
 * promises.
 *
 * <p>Whatever asks for such a fact must fail with this message; a missing fact is never agreement.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class NotCollectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotCollectedException(String message) {
        super(message);
    }
}
