package dev.vmtest.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class EphemeralBootTests {

    private static final URI SEED = URI.create("http://10.0.2.2:8000/secret/");

    @Test
    void ordersArgumentsLikeTheSeedsAndCarriesNothingUnasked() {
        EphemeralBoot boot = EphemeralBoot.of(EphemeralBoot.Root.disk(), SEED, "ttyS0");

        assertThat(boot.commandLine())
                .startsWith(
                        "root=/dev/disk/by-id/virtio-boot-disk",
                        "ds=nocloud-net;seedfrom=http://10.0.2.2:8000/secret/",
                        "console=ttyS0",
                        "overlayroot=tmpfs",
                        "ro")
                .contains("panic=-1", "softlockup_panic=1")
                .doesNotContain("---");
    }

    @Test
    void keepsWhatIsForThisBootBeforeTheDashes() {
        List<String> line = EphemeralBoot.of(
                        EphemeralBoot.Root.http(URI.create("http://10.0.2.2:8000/secret/squashfs")), SEED, null)
                .withBootMac("52:54:00:AB:CD:01")
                .withEnvironmentOnly(List.of("systemd.wants=serial-getty@ttyS0.service"))
                .withCarried(List.of("quiet"))
                .commandLine();

        assertThat(line).startsWith("root=squash:http://10.0.2.2:8000/secret/squashfs");
        assertThat(line.indexOf("BOOTIF=01-52-54-00-ab-cd-01")).isPositive().isLessThan(line.indexOf("---"));
        assertThat(line).contains("systemd.wants=serial-getty@ttyS0.service").endsWith("---", "quiet");
        assertThat(line).noneMatch(argument -> argument.startsWith("console="));
    }

    @Test
    void refusesASeedThatIsNoDirectory() {
        URI file = URI.create("http://10.0.2.2:8000/user-data");
        assertThatThrownBy(() -> EphemeralBoot.of(EphemeralBoot.Root.disk(), file, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
