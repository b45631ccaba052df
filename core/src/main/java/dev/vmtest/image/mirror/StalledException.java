package dev.vmtest.image.mirror;

import java.io.IOException;

/** Say that a server hangs, so that trying again at once would only hang again. */
final class StalledException extends IOException {

    StalledException(String message) {
        super(message);
    }
}
