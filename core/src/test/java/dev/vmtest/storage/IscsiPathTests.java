package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IscsiPathTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iscsi:10.0.2.2:6:40001:1:iqn.2024-01.dev.vmtest:one",
                "iscsi:user:passw0rd@host:6:3260:1:target",
                "iscsi:user:passw0rd:iuser:ipassw0rd@[fd00::1]:6:3260:0:target",
                "iscsi:::iuser:ipassw0rd@host:6:3260:1:target",
            })
    void writesWhatItReads(String text) {
        IscsiPath path = IscsiPath.parse(text).orElseThrow();

        assertThat(path.text()).isEqualTo(text);
        assertThat(IscsiPath.parse(path.text())).contains(path);
    }

    @Test
    void writesThePortalAsTheInitiatorWantsIt() {
        assertThat(IscsiPath.parse("iscsi:[fd00::1]:::1:target").orElseThrow().portal())
                .isEqualTo("[fd00::1]:3260");
        assertThat(IscsiPath.parse("iscsi:host::40001:1:target").orElseThrow().portal())
                .isEqualTo("host:40001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iscsi:user:passw0rd@host:6:3260:1:target",
                "iscsi:user:passw0rd@not understood",
                "iscsi:user:p@ssw0rd:iuser:passw0rd@[fd00::1]:6:3260:0:target",
            })
    void showsAPathWithoutItsCredentials(String text) {
        assertThat(IscsiPath.shown(text)).startsWith("iscsi:(secret)@").doesNotContain("ssw0rd");
        assertThat(IscsiPath.parse(text).toString()).doesNotContain("ssw0rd");
    }

    @Test
    void showsOtherPathsWhole() {
        assertThat(IscsiPath.shown("/dev/disk/by-id/a@b")).isEqualTo("/dev/disk/by-id/a@b");
        assertThat(IscsiPath.shown("iscsi:host:6:3260:1:target")).isEqualTo("iscsi:host:6:3260:1:target");
    }
}
