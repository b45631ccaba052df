package dev.vmtest.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KnownSecretsTests {

    private static KnownSecrets of(String... texts) {
        return new KnownSecrets(Stream.of(texts).map(Secret::new).toList());
    }

    @Test
    void theLongestIsTakenOutWhereOneBeginsLikeAnother() {
        assertThat(of("secret", "secretive", "secret").hideIn("a secretive secret, secre"))
                .isEqualTo("a (secret) (secret), secre");
    }

    @Test
    void theyAreTakenOutWhereverTheyStand() {
        assertThat(of("word", "1234").hideIn("word1234word")).isEqualTo("(secret)(secret)(secret)");
        assertThat(of("word").hideIn("")).isEmpty();
        assertThat(of("word").hideIn("wor")).isEqualTo("wor");
    }

    @Test
    void whatIsTooShortSpoilsNoText() {
        assertThat(of("abc", "").hideIn("abc")).isEqualTo("abc");
        assertThat(of("abc").all()).isEmpty();
    }

    @Test
    void manySecretsTakeNoMoreWorkForATextThanOne() {
        KnownSecrets one = of("secret-0");
        KnownSecrets many = of(IntStream.range(0, 20_000)
                .mapToObj(number -> "secret-" + number)
                .toArray(String[]::new));
        String text = "nothing to be seen here ".repeat(1000);
        long unused = work(one, text) + work(many, text);

        assertThat(work(many, text)).isLessThanOrEqualTo(2 * work(one, text));
    }

    /** Return the bytes that are allocated: that does not depend on what else the host does. */
    private static long work(KnownSecrets secrets, String text) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(secrets.hideIn(text)).isEqualTo(text);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void showsNone() {
        assertThat(of("word") + List.of(of("word")).toString()).doesNotContain("word");
    }
}
