package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.publish.LiveChange;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Phase;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LiveReportTests {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final TestResult first = SampleRun.passed("SimpleTest", "bookworm");
    private final TestResult second = SampleRun.failed();

    @TempDir
    Path topdir;

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Hear the changes of a page as a browser does. */
    private final class Listener implements AutoCloseable {

        private final InputStream stream;
        private final BufferedReader lines;

        Listener(String url) throws IOException, InterruptedException {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(URI.create(url + "events")).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
            stream = answer.body();
            lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }

        /** Return the next changes of rows, up to that of the run. */
        String next() throws IOException {
            StringBuilder heard = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.append(line).append('\n');
                if (line.equals("event: run")) {
                    return heard.append(lines.readLine()).toString();
                }
            }
            return heard.append("the end").toString();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    @Test
    void whoeverListensHearsATestFromItsTurnToItsEnd() throws Exception {
        try (LiveRun run = new LiveRun(topdir, first, second);
                Listener listener = new Listener(run.url())) {
            assertThat(listener.next())
                    .contains("\"id\":\"t1\",\"state\":\"waiting\"", "\"id\":\"t2\",\"state\":\"waiting\"")
                    .endsWith("{\"silence\":0,\"over\":false}");
            try (RunEventLog log = RunEventLog.create(topdir.resolve(first.directory()))) {
                log.happened(run.started(first));
                log.happened(run.entered(first, Phase.INSTALL));
                log.happened(run.reported(first, "cmd-install/stage-\u001b[31mpartitioning"));
                run.pass(34);
                run.look();
                assertThat(listener.next())
                        .contains("\"state\":\"running\"", "\"phase\":\"install\",\"phaseSeconds\":34")
                        .contains("start cmd-install/stage-\uFFFD[31mpartitioning")
                        .doesNotContain("t2", "described");
                log.happened(run.console(first, "the password is hunter2"));
                run.pass(1);
                run.look();
                assertThat(listener.next())
                        .as("a console line is a sign of life and is not told")
                        .startsWith("\nevent: run")
                        .contains("\"silence\":1,")
                        .doesNotContain("hunter2");
                log.happened(run.left(first, Phase.INSTALL));
            }
            run.end(first);
            run.look();
            assertThat(listener.next()).contains("\"id\":\"t1\",\"state\":\"passed\"");
            assertThat(get(run.url() + "part/t1").body())
                    .contains("<tr data-for=\"t1\">", "<details class=\"test good\" id=\"t1\"", "disk1-part1: size");
            assertThat(get(run.url() + "part/run").body()).contains("1 of 2 tests ended, 0 running, 1 waiting");
            run.end(second);
            run.finish();
            run.look();
            assertThat(listener.next()).contains("\"id\":\"t2\",\"state\":\"failed\"", "\"over\":true");
            assertThat(run.report().isOver()).isTrue();
            assertThat(get(run.url()).body()).contains("The run is over", "1 of 2 tests did not pass");
        }
    }

    @Test
    void aUnitOnAnotherHostIsFollowedFromAttemptToAttempt() throws Exception {
        try (LiveRun run = new LiveRun(topdir, first)) {
            Path attempts = topdir.resolve("engine/SimpleTest-bookworm-builtin");
            try (RunEventLog log = RunEventLog.create(attempts.resolve("1/run").resolve(first.directory()))) {
                log.happened(run.started(first));
                log.happened(run.entered(first, Phase.INSTALL));
            }
            assertThat(told(run)).contains("\"state\":\"running\"", "\"phase\":\"install\"");
            run.pass(100);
            try (RunEventLog log = RunEventLog.create(attempts.resolve("2/run").resolve(first.directory()))) {
                log.happened(run.started(first));
            }
            assertThat(told(run)).contains("\"state\":\"running\"", "\"seconds\":0,\"phase\":\"\"");
        }
    }

    @Test
    void aTestThatBeginsAgainIsFollowedFromItsBeginning() throws Exception {
        try (LiveRun run = new LiveRun(topdir, first)) {
            for (Phase phase : List.of(Phase.INSTALL, Phase.PREPARE)) {
                try (RunEventLog log = RunEventLog.create(topdir.resolve(first.directory()))) {
                    log.happened(run.started(first));
                    log.happened(run.entered(first, phase));
                }
                assertThat(told(run)).contains("\"phase\":\"" + phase.text() + "\"");
            }
        }
    }

    @Test
    void aTestThatIsAnnouncedLaterIsShownToo() throws Exception {
        try (LiveRun run = new LiveRun(topdir, first)) {
            run.announce(first, second);
            assertThat(told(run)).contains("\"id\":\"t2\",\"state\":\"waiting\"");
            assertThat(get(run.url() + "part/t2").body())
                    .contains("<td><a href=\"#t2\">BasicTest</a></td>", "stands here once it has ended");
        }
    }

    private static String told(LiveRun run) throws IOException {
        return run.report().look().stream().map(LiveChange::data).collect(Collectors.joining("\n"));
    }

    @Test
    void aLogIsShownWithoutSecretsAndNothingElseIs() throws Exception {
        Path directory = topdir.resolve(first.directory());
        SampleRun.writeSecrets(directory, "hunter2");
        Files.createDirectories(directory.resolve("logs"));
        Files.writeString(directory.resolve("logs/install-serial.log"), "password hunter2\u001b[2J\u0007 <b>\n");
        Files.writeString(directory.resolve("logs/coverage.txt"), "1 held\n");
        Files.createSymbolicLink(directory.resolve("logs/boot-serial.log"), Path.of("/etc/hostname"));
        Path outside = Files.createTempFile("outside", ".log");
        Path collected = Files.createDirectories(directory.resolve("collect"));
        Files.createSymbolicLink(collected.resolve("up"), Path.of("/etc"));
        try (LiveRun run = new LiveRun(topdir, first)) {
            run.end(first);
            run.look();
            String at = run.url() + first.directory();
            HttpResponse<String> log = get(at + "/logs/install-serial.log");
            assertThat(log.body()).isEqualTo("password (secret)\uFFFD <b>\n");
            assertThat(log.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
            assertThat(log.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(get(run.url()).body()).contains("./" + first.directory() + "/logs/coverage.txt");
            for (String path : List.of(
                    "/logs/boot-serial.log",
                    "/install/secrets.json",
                    "/collect/up/hostname",
                    "/logs/run.jsonl",
                    "/logs/../install/secrets.json",
                    "/logs/%2e%2e/install/secrets.json",
                    "/..",
                    "")) {
                assertThat(get(at + path).statusCode()).as(path).isEqualTo(404);
            }
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void aLogWhoseSecretsAreNotKnownIsForItsOwner() throws Exception {
        Path logs = Files.createDirectories(topdir.resolve(first.directory()).resolve("logs"));
        Files.writeString(logs.resolve("install-serial.log"), "password hunter2\n");
        try (LiveRun run = new LiveRun(topdir, first)) {
            run.end(first);
            run.look();
            assertThat(get(run.url() + first.directory() + "/logs/install-serial.log")
                            .body())
                    .contains("only the owner")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void aResultThatNamesAnotherDirectoryIsNotFollowedThere() throws Exception {
        Path elsewhere = Files.createTempDirectory("elsewhere");
        Path logs = Files.createDirectories(elsewhere.resolve("logs"));
        SampleRun.writeSecrets(elsewhere);
        Files.writeString(logs.resolve("install-serial.log"), "somebody else's\n");
        TestResult foreign = new TestResult(
                "ForeignTest",
                "bookworm",
                "builtin",
                Verdict.PASSED,
                1,
                SampleRun.ALL_PHASES,
                List.<CheckRecord>of(),
                Evidence.NONE,
                elsewhere.toString(),
                "");
        try (LiveRun run = new LiveRun(topdir, foreign)) {
            RunReport.checkpoint(topdir, new RunEvent.TestFinished(LiveRun.BEGAN, foreign.title(), foreign));
            run.look();
            assertThat(get(run.url()).body()).contains("ForeignTest").doesNotContain("somebody else", "./logs");
        }
    }

    @Test
    void aDirectoryThatIsNoRunIsRefused() {
        assertThatThrownBy(() -> LiveReport.of(topdir, InstantSource.system()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no results");
    }
}
