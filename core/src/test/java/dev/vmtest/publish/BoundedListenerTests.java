package dev.vmtest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Tell a listener more than it wants to hear. */
final class BoundedListenerTests {

    private final RecordingListener told = new RecordingListener();

    @Test
    void boundsTheNumberOfEvents() {
        BoundedListener listener = new BoundedListener(told);
        for (int i = 0; i < BoundedListener.MOST; i++) {
            assertThat(listener.reserveEvent()).isTrue();
        }
        assertThat(listener.reserveEvent()).isFalse();
        assertThat(listener.reserveEvent()).isFalse();
        assertThat(told.rejected).containsExactly("more than 20000 report events; no further ones are taken");
    }

    @Test
    void boundsWhatItTells() {
        int[] calls = new int[1];
        List<String> reasons = new CopyOnWriteArrayList<>();
        BoundedListener listener = new BoundedListener(new PublishListener() {
            @Override
            public void served(String path, int status, long bytes) {
                assertThat(path).startsWith("x\uFFFD[1mx").hasSizeLessThan(320);
                calls[0]++;
            }

            @Override
            public void reported(ReportEvent event) {
                throw new AssertionError(event);
            }

            @Override
            public void rejected(String reason) {
                reasons.add(reason);
            }
        });
        for (int i = 0; i < BoundedListener.MOST + 5; i++) {
            listener.served("x\u001b[1m".repeat(100), 404, 0);
        }
        assertThat(calls[0]).isEqualTo(BoundedListener.MOST);
        assertThat(reasons).containsExactly("more than 20000 requests; no further ones are told");
    }
}
