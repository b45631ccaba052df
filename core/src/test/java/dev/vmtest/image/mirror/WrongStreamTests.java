package dev.vmtest.image.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mirror streams whose files are not what they say, or whose paths lead out of the tree. */
@Timeout(120)
class WrongStreamTests {

    @AutoClose
    private final SyncedImages synced;

    WrongStreamTests(@TempDir Path temporary) throws IOException {
        synced = new SyncedImages(temporary);
    }

    @Test
    void namesEachFileThatIsNotWhatTheStreamSays() throws Exception {
        synced.server.image("focal", "amd64", "ga-20.04", "20260101");
        synced.server.image("noble", "amd64", "ga-24.04", "20260101");
        synced.server.image("bionic", "amd64", "ga-18.04", "20260101");
        synced.server.image("xenial", "amd64", "ga-16.04", "20260101");
        synced.server.publish();
        String noble = "ubuntu/noble/amd64/20260101/squashfs";
        String bionic = "ubuntu/bionic/amd64/20260101/squashfs";
        String xenial = "ubuntu/xenial/amd64/20260101/squashfs";
        synced.server.files.put(SyncedImages.KERNEL, StreamServer.content("garbage", 100_000));
        synced.server.files.put(noble, StreamServer.content(noble, 90_000));
        synced.server.files.remove(bionic);
        synced.server.faults.put(xenial, (exchange, file) -> {
            exchange.sendResponseHeaders(200, 0); // chunked: no size
            exchange.getResponseBody().write(StreamServer.content(xenial, 200_000));
            return true;
        });
        SyncResult result = synced.sync().sync(synced.request(1), synced.listener);
        assertThat(result.problems())
                .hasSize(4)
                .anyMatch(one -> one.contains(SyncedImages.KERNEL) && one.contains("does not have the sha256"))
                .anyMatch(one -> one.contains(noble + " has 90000 bytes, but the products file says 100000"))
                .anyMatch(one -> one.contains(bionic + " answers with HTTP status 404"))
                .anyMatch(one -> one.contains(xenial + " sends more than the 100000 bytes"));
        assertThat(result.images()).containsExactly("focal amd64/ga-20.04 20260101");
        assertThat(synced.lines()).hasSize(3).allMatch(line -> line.startsWith("focal"));
    }

    @Test
    void refusesPathsThatLeaveTheTree() throws Exception {
        synced.server.image("focal", "amd64", "ga-20.04", "20260101");
        List<String> paths = List.of(
                "../evil",
                "/etc/evil",
                "ubuntu/../../evil",
                "streams/v1/built.json",
                ".locks/evil",
                "a//b",
                "a\nb",
                "");
        for (String path : paths) {
            Map<String, Object> item = synced.server.item("jammy", "ga-22.04", "20260101", "boot-kernel");
            item.put("path", path);
            synced.server.publish();
            SyncResult result = synced.sync().sync(synced.request(1), synced.listener);
            assertThat(result.problems()).as(path).hasSize(1).first().asString().contains("boot-kernel of jammy");
            assertThat(result.images()).as(path).containsExactly("focal amd64/ga-20.04 20260101");
        }
        assertThat(synced.temporary.resolve("evil")).doesNotExist();
    }

    @Test
    void refusesItemsWithoutSizeOrHash() throws Exception {
        synced.server.image("focal", "amd64", "ga-20.04", "20260101");
        Map<String, Object> item = synced.server.item("jammy", "ga-22.04", "20260101", "boot-kernel");
        Map<String, Object> good = new HashMap<>(item);
        item.remove("size");
        synced.server.publish();
        assertThat(synced.sync().sync(synced.request(1), synced.listener).problems())
                .first()
                .asString()
                .contains("has no size");
        item.putAll(good);
        item.put("sha256", "0".repeat(63));
        synced.server.publish();
        assertThat(synced.sync().sync(synced.request(1), synced.listener).problems())
                .first()
                .asString()
                .contains("has no sha256");
        item.putAll(good);
        item.put("size", 1L << 60);
        synced.server.publish();
        assertThatThrownBy(() -> synced.sync().sync(synced.request(1), synced.listener))
                .hasMessageContaining("MB free, the sync needs");
        assertThat(synced.lines()).hasSize(3).allMatch(line -> line.startsWith("focal"));
    }
}
