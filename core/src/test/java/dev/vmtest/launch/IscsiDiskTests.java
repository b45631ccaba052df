package dev.vmtest.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vmtest.text.MistakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IscsiDiskTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.img:1G:iscsi:4096:target:user:passw0rd",
                "a.img:1G:iscsi:512:NO TARGET:user:passw0rd",
                "a.img:1G:iscsi:512:target:user:passw0rd:iuser",
                "a.img:1G:iscsi:512:target::passw0rd",
                "a.img:large:iscsi:512:target:user:passw0rd",
            })
    void refusesADiskWithoutSayingItsPassword(String text) {
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> IscsiDisk.parse(text))
                .withMessageContaining("a.img:")
                .withMessageNotContaining("passw0rd");
    }

    @Test
    void showsNoPassword() {
        assertThat(IscsiDisk.parse("a.img:1G:iscsi:512:target:user:passw0rd:iuser:ipassw0rd")
                        .orElseThrow()
                        .toString())
                .contains("iuser")
                .doesNotContain("passw0rd");
    }
}
