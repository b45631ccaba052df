package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An encrypted root that is opened at the console, and a swap area with a key that nobody keeps. */
@VmTest(
        config = "cryptroot.yaml",
        extraCollectScripts = {
            "printf 'open sesame' | cryptsetup open --test-passphrase --key-file -"
                    + " /dev/disk/by-dname/main_disk-part3 && echo opens > key",
            // The installer's archive lies behind the one that it found.
            "tail -c 4096 /boot/initrd.img-$(uname -r) | tr '\\000' '\\n' | grep -a '^root_crypt ' > initramfs-crypttab"
        })
class CryptRootTest {

    @Test
    @DisplayName("the root is the mapping, which the initramfs knows, and the key of the configuration opens it")
    void theRootIsTheMapping(Facts facts) {
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("/dev/mapper/root_crypt");
        assertThat(facts.lines("key")).containsExactly("opens");
        assertThat(facts.lines("initramfs-crypttab")).singleElement().asString().endsWith(" none luks");
    }

    @Test
    @DisplayName("the swap area has no header that keeps a key")
    void theSwapAreaKeepsNoKey(Facts facts) {
        String swap = facts.diskBySerial("disk-a").orElseThrow().kernelName() + "4";
        assertThat(facts.stacks().luksHeaders())
                .extracting(header -> header.device())
                .doesNotContain(swap);
        assertThat(facts.swaps())
                .singleElement()
                .satisfies(area -> assertThat(area.size()).isPositive());
    }
}
