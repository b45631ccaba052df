package dev.vmtest.publish;

import dev.vmtest.text.Printable;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hand on what happens, cut to size and not endlessly: what guests ask for in a loop must not fill the host. */
final class BoundedListener implements PublishListener {

    /** The most calls of one kind that are handed on. */
    static final int MOST = 20_000;

    private static final int LONGEST = 300;
    private static final Logger LOG = LoggerFactory.getLogger(BoundedListener.class);

    private final PublishListener target;
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger reported = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();

    BoundedListener(PublishListener target) {
        this.target = target;
    }

    /** Take room for one more event; return false if there were too many. */
    boolean reserveEvent() {
        int number = reported.incrementAndGet();
        if (number == MOST + 1) {
            tell(() -> target.rejected("more than " + MOST + " report events; no further ones are taken"));
        }
        return number <= MOST;
    }

    @Override
    public void served(String path, int status, long bytes) {
        int number = served.incrementAndGet();
        if (number <= MOST) {
            tell(() -> target.served(printable(path), status, bytes));
        } else if (number == MOST + 1) {
            tell(() -> target.rejected("more than " + MOST + " requests; no further ones are told"));
        }
    }

    @Override
    public void reported(ReportEvent event) {
        tell(() -> target.reported(event));
    }

    @Override
    public void rejected(String reason) {
        int number = rejected.incrementAndGet();
        if (number < MOST) {
            tell(() -> target.rejected(printable(reason)));
        } else if (number == MOST) {
            tell(() -> target.rejected("more than " + MOST + " refusals; no further ones are told"));
        }
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException broken) {
            // The guest gets its answer; the mistake is ours, and is in the log.
            LOG.error("a publish listener failed", broken);
        }
    }

    private static String printable(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return Printable.line(cut);
    }
}
