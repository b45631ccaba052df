package dev.vmtest.report;

import dev.vmtest.publish.LiveServer;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.result.Announced;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Write what a run writes, step by step, and show it live. */
final class LiveRun implements AutoCloseable {

    static final double BEGAN = 1_780_000_000;

    private final Path topdir;
    private final List<TestResult> ended = new ArrayList<>();
    private double now = BEGAN;
    private final LiveReport live;
    private final LiveServer server;

    LiveRun(Path topdir, TestResult... coming) throws IOException {
        this.topdir = topdir;
        announce(coming);
        InstantSource clock = () -> Instant.ofEpochMilli(Math.round(now * 1000));
        this.live = LiveReport.of(topdir, clock);
        this.server = LiveServer.on(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                PublishServer.newSecret(new Random(7)),
                live);
    }

    void announce(TestResult... coming) throws IOException {
        List<Announced> announced = List.of(coming).stream()
                .map(test -> new Announced(
                        test.name(), test.release(), test.installer(), test.directory(), test.reproduce()))
                .toList();
        RunReport.begin(
                topdir,
                "0.1.0",
                Instant.ofEpochSecond((long) BEGAN),
                SampleRun.TCG,
                announced,
                RunResults.Origin.UNKNOWN);
    }

    String url() {
        return server.url();
    }

    LiveReport report() {
        return live;
    }

    void pass(double seconds) {
        now += seconds;
    }

    RunEvent started(TestResult test) {
        return new RunEvent.TestStarted(now, test.title(), test.directory());
    }

    RunEvent entered(TestResult test, Phase phase) {
        return new RunEvent.PhaseStarted(now, test.title(), phase);
    }

    RunEvent left(TestResult test, Phase phase) {
        return new RunEvent.PhaseFinished(now, test.title(), phase, new PhaseResult(phase.text(), 1, 1, List.of()));
    }

    RunEvent reported(TestResult test, String name) {
        return new RunEvent.Reported(now, test.title(), name, "start", "described", "");
    }

    RunEvent console(TestResult test, String text) {
        return new RunEvent.ConsoleLine(now, test.title(), Phase.INSTALL, text);
    }

    /** Tell everybody what the run has written since the last look. */
    void look() throws IOException {
        server.tell(live.look());
    }

    /** Write a result as a run does when a test ends. */
    void end(TestResult test) throws IOException {
        ended.add(test);
        ResultFiles.write(Files.createDirectories(topdir.resolve(test.directory())), test);
        RunReport.checkpoint(topdir, new RunEvent.TestFinished(now, test.title(), test));
    }

    void finish() throws IOException {
        RunReport.write(topdir, results());
    }

    private RunResults results() {
        return new RunResults(
                "0.1.0", Instant.ofEpochSecond((long) BEGAN).toString(), now - BEGAN, SampleRun.TCG, ended);
    }

    @Override
    public void close() throws IOException {
        server.close();
        live.close();
    }
}
