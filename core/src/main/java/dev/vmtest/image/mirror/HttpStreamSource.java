package dev.vmtest.image.mirror;

import dev.vmtest.image.ImageException;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Open the files of a stream on an HTTP server; redirects are followed, but not from https to http. */
final class HttpStreamSource implements StreamSource {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

    private final HttpClient client;
    private final URI base;
    private final Duration patience;
    private final BackOff backOff;
    private final Consumer<String> notes;

    /**
     * @param base ends in a slash
     * @param patience how long a connection and the beginning of an answer may take
     * @param backOff says when a server is asked again that could not answer
     * @param notes told what is worth a line
     */
    HttpStreamSource(URI base, ProxySelector proxies, Duration patience, BackOff backOff, Consumer<String> notes) {
        this.base = base;
        this.patience = patience;
        this.backOff = backOff;
        this.notes = notes;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .proxy(proxies)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    @Override
    public URI locate(String path) {
        try {
            // Quotes what a URL must not contain; a name may hold a colon, which must not make it a scheme.
            return base.resolve(new URI(null, null, "/" + path, null)
                    .getRawPath()
                    .substring(1)
                    .replace(":", "%3A"));
        } catch (URISyntaxException | IllegalArgumentException impossible) {
            throw new IllegalArgumentException("no path of a URL: " + Printable.word(path), impossible);
        }
    }

    @Override
    public Content open(String path, long from) throws IOException, ImageException {
        URI url = locate(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(patience);
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        HttpResponse<InputStream> answer = patiently(request.build(), url);
        boolean taken = false;
        try {
            Content content = content(answer, url, from);
            taken = true;
            return content;
        } finally {
            if (!taken) {
                answer.body().close();
            }
        }
    }

    /** Ask again, after a while, where the server says that it could not answer just now. */
    private HttpResponse<InputStream> patiently(HttpRequest request, URI url) throws IOException {
        HttpResponse<InputStream> answer = send(request, url);
        for (int attempt = 1; attempt < BackOff.ATTEMPTS && BackOff.isPassing(answer.statusCode()); attempt++) {
            answer.body().close();
            Duration time = backOff.before(attempt, answer.headers());
            notes.accept(url + " answers with HTTP status " + answer.statusCode() + "; it is asked again in "
                    + time.toSeconds() + " s");
            try {
                backOff.pause().of(time);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + url, interrupted);
            }
            answer = send(request, url);
        }
        return answer;
    }

    private HttpResponse<InputStream> send(HttpRequest request, URI url) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException hangs) {
            throw new StalledException("the server hangs: no answer within " + patience.toMillis() / 1000.0 + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + url, interrupted);
        }
    }

    private static Content content(HttpResponse<InputStream> answer, URI url, long from)
            throws IOException, ImageException {
        HttpHeaders headers = answer.headers();
        switch (answer.statusCode()) {
            case 200 -> {
                return new Content(
                        answer.body(),
                        0,
                        headers.firstValueAsLong("Content-Length").orElse(-1));
            }
            case 206 -> {
                Matcher range = CONTENT_RANGE.matcher(
                        headers.firstValue("Content-Range").orElse(""));
                if (range.matches() && Long.parseLong(range.group(1)) == from) {
                    return new Content(answer.body(), from, Long.parseLong(range.group(2)));
                }
                throw new ImageException(
                        url + " answers with another part of the file than was asked for", "tell who runs the server");
            }
            case 416 -> throw new IOException("the server has no byte " + from + " of the file");
            case 301, 302, 303, 307, 308 ->
                throw new ImageException(
                        url + " redirects too often or from https to http, at last to '"
                                + Printable.word(headers.firstValue("Location").orElse("")) + "'",
                        "set IMAGE_SRC_URL to where the stream really is");
            default ->
                throw new ImageException(
                        url + " answers with HTTP status " + answer.statusCode(),
                        BackOff.isPassing(answer.statusCode())
                                ? "it was asked " + BackOff.ATTEMPTS + " times; sync again later"
                                : "check IMAGE_SRC_URL and MAAS_IMAGE_STREAM");
        }
    }
}
