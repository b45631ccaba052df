package dev.vmtest.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CredentialsTests {

    @ParameterizedTest
    @CsvSource({
        "http://u:pass@h:3128/p, http://(secret)@h:3128/p, pass",
        "https://token@h/, https://(secret)@h/, token",
        "deb http://u:p/a@s@h/ stable main, deb http://(secret)@h/ stable main, p/a@s",
        "ftp://u:pass@h x+y://v:word@i, ftp://(secret)@h x+y://(secret)@i, pass word",
    })
    void anAddressIsShownWithoutThem(String text, String shown, String passwords) {
        assertThat(Credentials.hideIn(text)).isEqualTo(shown);
        assertThat(Secret.ofAddress(text)).hasToString(shown).isEqualTo(new Secret(text));
        assertThat(Credentials.in(text)).extracting(Secret::reveal).containsExactly(passwords.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"http://h:3128/", "user@host", "a:b@c", "''", "http://h/ mail me@example.com"})
    void anAddressWithoutThemIsShownAsItIs(String text) {
        assertThat(Credentials.hideIn(text)).isEqualTo(text);
        assertThat(Credentials.in(text)).isEmpty();
    }

    @Test
    void nothingIsNoAddress() {
        assertThat(Secret.ofAddress(null)).isNull();
    }
}
