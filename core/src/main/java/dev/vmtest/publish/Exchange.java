package dev.vmtest.publish;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Be one request whose head is known, and its answer. Each connection carries one. */
final class Exchange implements AutoCloseable {

    /** How long a client may send nothing within a body, in milliseconds; a guest may be starved. */
    private static final int IDLE = 60_000;

    /** How long a client that was answered may send nothing before it is left, in milliseconds. */
    private static final int PARTING = 2_000;

    private final SocketChannel channel;
    private final RequestHead head;
    private final InputStream in;
    private final OutputStream out;
    private final RequestBody body;
    private boolean asked;

    /**
     * Take a connection over.
     *
     * @param channel in blocking mode
     * @param begun what came after the head already
     */
    Exchange(SocketChannel channel, RequestHead head, byte[] begun) throws IOException {
        this.channel = channel;
        this.head = head;
        channel.socket().setSoTimeout(IDLE);
        this.in = new SequenceInputStream(
                new ByteArrayInputStream(begun), channel.socket().getInputStream());
        this.out = channel.socket().getOutputStream();
        this.body = new RequestBody(in, head.bodyLength());
    }

    RequestHead head() {
        return head;
    }

    /** Return the body of the request. */
    InputStream body() throws IOException {
        if (head.waitsToBeAsked() && !asked) {
            asked = true;
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return body;
    }

    /**
     * Answer.
     *
     * @param length the bytes that the answer has, which are written to what is returned; nothing is to be written
     *     where HEAD was asked
     */
    OutputStream answer(int status, Map<String, String> fields, long length) throws IOException {
        out.write(answerHead(status, fields, length));
        return out;
    }

    /** Answer with what nobody knows the length of: it ends with the connection. */
    OutputStream answerOpen(int status, Map<String, String> fields) throws IOException {
        out.write(answerHead(status, fields, -1));
        return out;
    }

    /** Answer without a body. */
    void answer(int status, Map<String, String> fields) throws IOException {
        var unused = answer(status, fields, 0);
    }

    /** Answer with a text. */
    void answer(int status, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        OutputStream answer = answer(status, Map.of("Content-Type", "text/plain; charset=utf-8"), content.length);
        if (!head.method().equals("HEAD")) {
            answer.write(content);
        }
    }

    /**
     * Return the head of an answer.
     *
     * @param length of its body; -1 if it ends with the connection
     */
    static byte[] answerHead(int status, Map<String, String> fields, long length) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " " + reason(status) + "\r\n");
        fields.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        text.append("Date: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .append(length < 0 ? "" : "\r\nContent-Length: " + length)
                .append("\r\nConnection: close\r\n\r\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Return the words of a status that is answered here (RFC 9110, section 15). */
    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 206 -> "Partial Content";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 416 -> "Range Not Satisfiable";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            default -> "Answer";
        };
    }

    /** End the connection once the client has what was written: unread bytes would make the system take it back. */
    @Override
    public void close() {
        try (channel) {
            channel.shutdownOutput();
            if (body.isRead()) {
                return;
            }
            channel.socket().setSoTimeout(PARTING);
            byte[] rest = new byte[64 * 1024];
            long patience = PublishHandler.EVENT_LIMIT;
            for (int length = in.read(rest); length >= 0 && patience > 0; length = in.read(rest)) {
                patience -= length;
            }
        } catch (IOException gone) {
            // The client went first, or says nothing more.
        }
    }

    /** End the connection at once. */
    void abort() {
        try {
            channel.close();
        } catch (IOException gone) {
            // It is closed then.
        }
    }
}
