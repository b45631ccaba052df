package dev.vmtest.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretTests {

    private record Holder(String user, Secret password) {}

    @Test
    void isNeverShown() {
        Secret secret = new Secret("passw0rd");

        assertThat(secret).hasToString(Secret.SHOWN);
        assertThat(new Holder("user", secret).toString()).contains("user").doesNotContain("passw0rd");
        assertThat("key " + secret + "; " + java.util.List.of(secret)).doesNotContain("passw0rd");
    }

    @Test
    void isHeldUnchanged() {
        assertThat(new Secret(" a'b\n").reveal()).isEqualTo(" a'b\n");
    }

    @Test
    void isEqualByItsText() {
        assertThat(new Secret("a")).isEqualTo(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
        assertThat(new Secret("a")).isNotEqualTo(new Secret("b")).isNotEqualTo("a");
    }

    @Test
    void isHiddenInWhatOthersWrote() {
        assertThat(new Secret("pw").hideIn("login with pw, pw!")).isEqualTo("login with (secret), (secret)!");
        assertThat(new Secret("").hideIn("text")).isEqualTo("text");
    }

    @Test
    void isNothingWhereThereIsNone() {
        assertThat(Secret.ofNullable(null)).isNull();
        assertThat(Secret.ofNullable("x")).isEqualTo(new Secret("x"));
    }
}
