package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Have one page in a headless Chromium, over its own protocol (https://chromedevtools.github.io/devtools-protocol/). Where
 * there is no Chromium, the test that asks for it is skipped.
 */
final class Chromium implements AutoCloseable {

    private static final long LONGEST = 60;
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    /** Where pictures of pages are kept, for people. */
    private static final Path PICTURES = Path.of("target", "pages");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    /** Start one, with its own things in a directory. */
    Chromium(Path directory) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "there is no " + PROGRAM);
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + directory,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        HttpClient client = HttpClient.newHttpClient();
        URI browser = URI.create(address());
        HttpResponse<String> page = client.send(
                HttpRequest.newBuilder(URI.create("http://" + browser.getAuthority() + "/json/new"))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        socket = client.newWebSocketBuilder()
                .buildAsync(
                        URI.create(JSON.readTree(page.body())
                                .path("webSocketDebuggerUrl")
                                .asString()),
                        new Heard())
                .get(LONGEST, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log")) {
            ask(domain + ".enable", Map.of());
        }
        width(1280);
    }

    private String address() throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            int at = line.indexOf("ws://");
            if (at >= 0) {
                Thread rest = new Thread(() -> said.lines().forEach(unused -> {}), "chromium-said");
                rest.setDaemon(true);
                rest.start();
                return line.substring(at).strip();
            }
        }
        throw new IOException("Chromium ended without a word of where it listens");
    }

    private final class Heard implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                JsonNode whole = JSON.readTree(message.toString());
                message.setLength(0);
                heard(whole);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void heard(JsonNode message) {
        CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt(-1));
        if (answer != null) {
            answer.complete(message);
            return;
        }
        switch (message.path("method").asString("")) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.exceptionThrown", "Log.entryAdded" -> complaints.add(message.toString());
            default -> {
                // Nothing that is asked for here.
            }
        }
    }

    private JsonNode ask(String method, Map<String, ?> parameters) throws Exception {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .get(LONGEST, TimeUnit.SECONDS);
        JsonNode told = answer.get(LONGEST, TimeUnit.SECONDS);
        assertThat(told.path("error").toString()).as(method).isEmpty();
        return told.path("result");
    }

    void open(URI page) throws Exception {
        loaded = new CompletableFuture<>();
        ask("Page.navigate", Map.of("url", page.toString()));
        loaded.get(LONGEST, TimeUnit.SECONDS);
    }

    void width(int pixels) throws Exception {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Show the page as somebody wants it: {@code light} or {@code dark}, on a {@code screen} or in {@code print}. */
    void media(String scheme, String media) throws Exception {
        ask(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Press a key that is a letter or a sign. */
    void press(String key) throws Exception {
        ask("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", key));
        ask("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** Return what an expression is worth on the page, as text. */
    String value(String expression) throws Exception {
        JsonNode told = ask(
                "Runtime.evaluate",
                Map.of(
                        "expression",
                        "Promise.resolve(" + expression + ").then(String)",
                        "awaitPromise",
                        true,
                        "returnByValue",
                        true));
        assertThat(told.path("exceptionDetails").toString()).as(expression).isEmpty();
        return Objects.requireNonNull(told.path("result").path("value").asString());
    }

    /** Wait until something is true on the page. */
    void await(String condition) throws Exception {
        assertThat(value("""
                new Promise(function (done) {
                  function look() { if (%s) { seen.disconnect(); done(true); } }
                  var seen = new MutationObserver(look);
                  seen.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
                  look();
                })""".formatted(condition))).isEqualTo("true");
    }

    /** Keep a picture of the page for people. */
    void picture(String name) throws Exception {
        JsonNode told = ask("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Files.createDirectories(PICTURES);
        Files.write(
                PICTURES.resolve(name + ".png"),
                Base64.getDecoder().decode(told.path("data").asString()));
    }

    /** Return the errors of scripts and what the page's policy refused. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = process.descendants().toList();
        try {
            ask("Browser.close", Map.of());
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception gone) {
            throw new IOException(gone);
        } finally {
            socket.abort();
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
