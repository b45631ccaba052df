package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportServeTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("live (\\S+)");

    private final WatchedCommand command = new WatchedCommand();

    @TempDir
    private Path topdir;

    @BeforeEach
    void beginRun() throws IOException {
        Files.writeString(topdir.resolve("run.json"), """
                {"vmtest": "test", "started": "2026-01-01T00:00:00Z",
                 "accelerator": {"name": "tcg", "reason": "as an example"}, "announced": [
                   {"name": "SimpleTest", "release": "bookworm", "installer": "builtin",
                    "directory": "SimpleTest-bookworm", "reproduce": "vmtest run SimpleTest"}]}
                """);
    }

    private static HttpResponse<String> get(URI page) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRunIsShownUntilSomebodyEndsIt() throws Exception {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread serving = new Thread(
                () -> status.complete(command.run("report", topdir.toString(), "--serve", "--port", "0")), "serving");
        serving.start();
        await().atMost(LONGEST).until(() -> ADDRESS.matcher(command.shown()).find());
        Matcher address = ADDRESS.matcher(command.shown());
        assertThat(address.find()).isTrue();
        URI page = URI.create(address.group(1));
        assertThat(page.getHost()).isEqualTo("127.0.0.1");
        assertThat(command.shown()).contains("on this host only");
        assertThat(get(page).body()).contains("0 of 1 test ended, 0 running, 1 waiting", "SimpleTest");
        Files.writeString(topdir.resolve("index.html"), "the report of a run");
        await().atMost(LONGEST).until(() -> command.shown().contains("the run is over: "));
        assertThat(get(page).body()).contains("The run is over");

        serving.interrupt();
        assertThat(status.get()).isEqualTo(ExitStatus.INTERRUPTED);
        Assertions.assertThatThrownBy(() -> get(page)).isInstanceOf(ConnectException.class);
        try (var left = Files.list(topdir)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("nothing is written")
                    .containsExactlyInAnyOrder("run.json", "index.html");
        }
    }

    @Test
    void whatDoesNotGoTogetherIsNamed() throws IOException {
        usage("--serve writes nothing, so it does not go with --print", "--serve", "--print", "tap");
        usage("--serve writes nothing, so it does not go with --dry-run", "--serve", "--dry-run");
        usage(
                "--against is about the page that is built again, so it does not go with --serve",
                "--serve",
                "--against",
                "x");
        usage("--against is about the page that is built again", "--print", "tap", "--against", "x");
        usage("x is not a directory", "--against", "x");
        usage("x is not a directory", "--against", "x", "--dry-run");
        usage("--listen says where --serve shows a run", "--listen", "127.0.0.1");
        usage("--port says where --serve shows a run", "--port", "8000");
        usage("'65536' is no port; give a number up to 65535", "--serve", "--port", "65536");
        usage("is no address of this host", "--serve", "--listen", "nowhere.invalid");
        Files.delete(topdir.resolve("run.json"));
        usage("holds no results; give the directory of a run", "--serve");
    }

    private void usage(String expected, String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "report";
        words[1] = topdir.toString();
        System.arraycopy(options, 0, words, 2, options.length);
        assertThat(command.run(words)).isEqualTo(ExitStatus.USAGE);
        assertThat(command.complaint()).contains(expected);
    }

    @Test
    void aPortThatIsTakenIsNoMistakeOfTheRun() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(command.run(
                            "report", topdir.toString(), "--serve", "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(ExitStatus.INFRASTRUCTURE);
        }
        assertThat(command.complaint()).contains("choose another with --listen and --port");
    }
}
