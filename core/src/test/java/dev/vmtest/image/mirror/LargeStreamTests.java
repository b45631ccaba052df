package dev.vmtest.image.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vmtest.digest.Sha256;
import dev.vmtest.image.ImageDirectory;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plan mirrors of very many products. What a plan allocates is counted, not how long it takes: that does not depend on
 * what else the host does.
 */
@Timeout(120)
class LargeStreamTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path temporary;

    @Test
    void tenTimesTheProductsTakeAboutTenTimesTheWork() throws Exception {
        long unused = work(100);
        long few = work(1000);
        long many = work(10_000);

        assertThat(many).as("bytes for 10,000 products, " + few + " for 1,000").isLessThan(15 * few);
    }

    /** Return how many bytes are allocated to plan a mirror of products of which all were mirrored before. */
    private long work(int count) throws Exception {
        Map<String, ObjectNode> upstream = Map.of("some", stream(count, "20260102"));
        Map<String, ObjectNode> local = Map.of("some", stream(count, "20260101"), "other", other(count));
        SyncRequest request = new SyncRequest(
                new SyncRequest.Stream(URI.create("http://images.invalid/streams/v1/index.json"), temporary),
                new SyncRequest.Selection(List.of("jammy"), List.of("amd64"), List.of()),
                1,
                1,
                true,
                false,
                Duration.ZERO);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        MirrorPlan plan = MirrorPlan.of(new ImageDirectory(temporary), request, upstream, local, Set.of());
        assertThat(plan.missing()).hasSize(count);
        assertThat(plan.orphans()).hasSize(count);
        plan.withdraw(plan.missing().subList(0, count / 2));
        assertThat(MirrorReferences.of(plan.result().values())).hasSize(2 * count);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static ObjectNode stream(int count, String version) {
        return stream(count, version, "p");
    }

    private static ObjectNode other(int count) {
        return stream(count, "20260101", "other");
    }

    private static ObjectNode stream(int count, String version, String name) {
        ObjectNode tree = JSON.createObjectNode();
        ObjectNode products = tree.putObject("products");
        for (int i = 0; i < count; i++) {
            String path = name + i + "/" + version + "/squashfs";
            ObjectNode product = products.putObject(name + i);
            product.put("release", "jammy").put("arch", "amd64").put("subarch", "ga-" + i);
            product.putObject("versions")
                    .putObject(version)
                    .putObject("items")
                    .putObject("squashfs")
                    .put("ftype", "squashfs")
                    .put("path", path)
                    .put("size", 1)
                    .put("sha256", Sha256.of(path));
        }
        return tree;
    }
}
