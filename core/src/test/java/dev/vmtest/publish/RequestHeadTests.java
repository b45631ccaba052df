package dev.vmtest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadTests {

    private static RequestHead parse(String text) throws RequestHead.RefusedException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = RequestHead.length(bytes, bytes.length);
        assertThat(length).isPositive();
        return RequestHead.parse(bytes, length);
    }

    @Test
    void readsARequest() throws Exception {
        RequestHead head =
                parse("POST /a/b?c=d#e HTTP/1.1\r\nHost: x\r\ncontent-LENGTH:  7 \r\nExpect: 100-Continue\r\n\r\nrest");

        assertThat(head.method()).isEqualTo("POST");
        assertThat(head.path()).isEqualTo("/a/b");
        assertThat(head.field("Host")).contains("x");
        assertThat(head.bodyLength()).isEqualTo(7);
        assertThat(head.waitsToBeAsked()).isTrue();
    }

    @Test
    void knowsWhereAHeadEnds() {
        byte[] whole = "GET / HTTP/1.0\n\nbody".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(RequestHead.length(whole, whole.length)).isEqualTo(16);
        assertThat(RequestHead.length(whole, 15)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "GET / HTTP/2",
                "get / HTTP/1.1",
                "GET /a b HTTP/1.1",
                "GET etc HTTP/1.1",
                "GET / HTTP/1.1\r\nno field",
                "GET / HTTP/1.1\r\n folded: x",
                "GET / HTTP/1.1\r\nA : x",
                "GET / HTTP/1.1\r\nA: x\u0001",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
                "POST / HTTP/1.1\r\nContent-Length: -1",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
                "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
            })
    void refusesWhatCouldMeanTwoThings(String text) {
        assertThatExceptionOfType(RequestHead.RefusedException.class).isThrownBy(() -> parse(text + "\r\n\r\n"));
    }

    @Test
    void refusesTooManyFields() {
        assertThatExceptionOfType(RequestHead.RefusedException.class)
                .isThrownBy(() -> parse("GET / HTTP/1.1\r\n" + "A: x\r\n".repeat(200) + "\r\n"));
    }

    private static String body(String text, long length) throws IOException {
        try (RequestBody body =
                new RequestBody(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), length)) {
            return new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void readsABodyAndNoMore() throws IOException {
        assertThat(body("abcdef", 3)).isEqualTo("abc");
        assertThat(body("abc", 0)).isEmpty();
        assertThat(body("3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nnext", -1))
                .isEqualTo("abc0123456789");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3\r\nab", "3\r\nabcd\r\n0\r\n\r\n", "x\r\n", "-1\r\n", "fffffffff\r\n", "0\r\n"})
    void refusesChunksThatDoNotEnd(String text) {
        assertThatIOException().isThrownBy(() -> body(text, -1));
    }

    @Test
    void refusesABodyThatEndsEarly() {
        assertThatIOException().isThrownBy(() -> body("ab", 3));
    }
}
