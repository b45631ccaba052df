package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Look at the options that the target's crypttab gets. */
class CrypttabTests {

    private static final String ROOT = """
            storage:
              version: 1
              config:
              - {id: near, type: disk, serial: a, ptable: gpt, grub_device: true}
              - {id: bios, type: partition, device: near, size: 1M, flag: bios_grub}
              - {id: root, type: partition, device: near, size: 3G}
              - {id: spare, type: partition, device: near, size: 1G}
              - {id: format, type: format, fstype: ext4, volume: root}
              - {id: mount, type: mount, device: format, path: /}
              - {id: far, type: disk, path: 'iscsi:__RFC4173__', ptable: gpt}
              - {id: part, type: partition, device: far, size: 2G}
            """.replace("__RFC4173__", "192.0.2.1::3260:1:target");

    private static String script(String action) {
        Problems problems = new Problems();
        InstallPlan plan = Corpus.plan(ROOT + "  - " + action + "\n", problems);
        assertThat(problems.all()).isEmpty();
        return plan.script("1.2.3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            volume: part, key: k                                    | luks,_netdev
            volume: part, key: k, options: [luks, discard]          | luks,discard,_netdev
            volume: part, key: k, options: [luks, _netdev, discard] | luks,_netdev,discard
            volume: part, key: k, preserve: true                    | luks,_netdev
            volume: part, keyfile: /dev/urandom                     | swap,_netdev
            volume: spare, key: k                                   | luks
            """)
    void whatIsOnTheNetworkIsOpenedWhenThereIsOne(String keys, String options) {
        assertThat(script("{id: c, type: dm_crypt, dm_name: mapping, " + keys + "}"))
                .containsPattern("\n    (make_encrypted|find_encrypted|make_random_mapping) device_c mapping .* '?"
                        + options + "'?( '')?\n");
    }
}
