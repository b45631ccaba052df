package dev.vmtest.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.repository.SigningKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests for {@link PublicKeys}. */
class PublicKeysTests {

    private static final SigningKey KEY = SigningKey.make("tests", Instant.EPOCH);
    private static final SigningKey OTHER = SigningKey.make("other tests", Instant.EPOCH);

    @Test
    void findsSeveralKeysAndIgnoresHeaders() {
        String first = KEY.armored().replaceFirst("\n\n", "\nVersion: GnuPG v1\nComment: none\n\n");
        assertThat(PublicKeys.fingerprints(first + "between\n" + OTHER.armored()))
                .containsExactly(KEY.fingerprint(), OTHER.fingerprint());
    }

    @Test
    void findsKeysWithoutArmor() {
        assertThat(PublicKeys.fingerprints(bytes())).containsExactly(KEY.fingerprint());
    }

    @Test
    void anIdIsTheEndOfAFingerprint() {
        String print = KEY.fingerprint();
        assertThat(PublicKeys.contains(java.util.List.of(print), "0x" + print.substring(24)))
                .isTrue();
        assertThat(PublicKeys.contains(
                        java.util.List.of(print),
                        print.substring(0, 20) + " " + print.substring(20).toLowerCase(java.util.Locale.ROOT)))
                .isTrue();
        assertThat(PublicKeys.contains(java.util.List.of(print), "")).isFalse();
        assertThat(PublicKeys.contains(java.util.List.of(print), OTHER.fingerprint()))
                .isFalse();
    }

    @Test
    void nothingThatIsWrittenIntoAKeyringDoesHarm() {
        byte[] whole = bytes();
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            byte[] changed = Arrays.copyOf(whole, random.nextInt(whole.length));
            for (int change = 0; change < 3 && changed.length > 0; change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(PublicKeys.fingerprints(changed)).hasSizeLessThan(1000);
        }
        assertThat(PublicKeys.fingerprints(
                        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n!!!\n-----END PGP PUBLIC KEY BLOCK-----"))
                .isEmpty();
        assertThat(PublicKeys.fingerprints(new byte[] {(byte) 0xc6, (byte) 0xff, 127, 127, 127, 127}))
                .isEmpty();
    }

    private static byte[] bytes() {
        StringBuilder body = new StringBuilder();
        KEY.armored()
                .lines()
                .filter(line -> !line.startsWith("-") && !line.startsWith("="))
                .forEach(body::append);
        return Base64.getDecoder().decode(body.toString());
    }
}
