package dev.vmtest.bench.layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomLayoutTests {

    private static final int SEEDS = 1000;

    @Test
    void everyLayoutCanBePlanned() {
        assertThatCode(() -> Planning.layouts(0, SEEDS).forEach(Planning::plan)).doesNotThrowAnyException();
    }

    @Test
    void theSameSeedGivesTheSameLayout() {
        assertThat(RandomLayout.yaml(7)).isEqualTo(RandomLayout.yaml(7)).isNotEqualTo(RandomLayout.yaml(8));
    }

    @Test
    void layoutsAreAsVariedAsTheyAreMeantToBe() {
        String all = String.join(
                "", LongStream.range(0, 200).mapToObj(RandomLayout::yaml).toList());

        assertThat(all)
                .contains("type: raid", "type: lvm_partition", "type: dm_crypt", "type: bcache", "spare_devices")
                .contains("raidlevel: 0", "raidlevel: 1", "raidlevel: 5", "raidlevel: 6", "raidlevel: 10")
                .contains("fstype: xfs", "fstype: btrfs", "/boot/efi", "path: /boot,");
        assertThat(LongStream.range(0, 200)
                        .map(RandomLayout::depth)
                        .distinct()
                        .sorted()
                        .boxed())
                .contains(1L, (long) RandomLayout.DEEPEST);
    }
}
