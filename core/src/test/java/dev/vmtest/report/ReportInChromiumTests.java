package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.drawing.Box;
import dev.vmtest.drawing.BoxDrawing;
import dev.vmtest.result.Phase;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds what only a browser shows: widths, colours, keys, print, and a page that follows its run. */
@Timeout(300)
final class ReportInChromiumTests {

    @TempDir
    Path directory;

    private Chromium browser;

    @BeforeEach
    void open() throws Exception {
        browser = new Chromium(directory.resolve("browser"));
    }

    @AfterEach
    void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private URI page(RunResults run) throws Exception {
        Path topdir = Files.createDirectories(directory.resolve("run"));
        SampleRun.writeLogs(topdir, run, 300);
        Path logs = topdir.resolve(SampleRun.failed().directory()).resolve("logs");
        List<Box> boxes = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            boxes.add(new Box(
                    "b" + number,
                    "box " + number,
                    List.of("10.0.0." + number + "/24", "MTU 9000"),
                    number == 0 ? List.of() : List.of("b" + (number - 1)),
                    "examples/tests/basic.yaml",
                    List.of(number == 3 ? 48 : 1)));
        }
        Files.writeString(logs.resolve("network.svg"), BoxDrawing.svg("Network", boxes));
        String line = "\"  - {id: a, type: disk, serial: " + "very-long-".repeat(30) + "}\"";
        Files.writeString(
                logs.resolve("asked.json"),
                "{\"examples/tests/basic.yaml\": [" + String.join(",", Collections.nCopies(90, line)) + "]}");
        return RunReport.write(topdir, run).toUri();
    }

    private void assertNothingIsWiderThanThePage() throws Exception {
        assertThat(browser.value("""
                Array.from(document.querySelectorAll("body *")).filter(function (each) {
                  return each.getBoundingClientRect().right > innerWidth && !each.closest("pre, .skip, .bar, .scroll");
                }).map(function (each) { return each.outerHTML.slice(0, 120); }).join()""")).isEmpty();
        assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo("true");
    }

    @Test
    void nothingScrollsSidewaysInLightDarkAndPrint() throws Exception {
        browser.open(page(SampleRun.all()));
        browser.value("document.querySelectorAll('details').forEach(function (each) { each.open = true; })");
        String background = "getComputedStyle(document.body).backgroundColor";
        browser.media("light", "screen");
        String light = browser.value(background);
        assertNothingIsWiderThanThePage();
        browser.picture("report-light");
        browser.media("dark", "screen");
        assertThat(browser.value(background)).isNotEqualTo(light);
        assertNothingIsWiderThanThePage();
        browser.picture("report-dark");
        assertThat(browser.value("""
                document.querySelector("img.drawing").decode().then(function () {
                  return document.querySelector("img.drawing").naturalWidth > 1000;
                })"""))
                .as("the drawing is one that a browser draws")
                .isEqualTo("true");
        browser.media("light", "print");
        browser.width(720);
        assertNothingIsWiderThanThePage();
        assertThat(browser.value("getComputedStyle(document.querySelector('.filters')).display"))
                .isEqualTo("none");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void keysLeadFromFailureToFailureAndToTheSearch() throws Exception {
        browser.open(page(SampleRun.all()));
        browser.press("j");
        assertThat(browser.value("document.activeElement.closest('details').id"))
                .isEqualTo("t1");
        browser.press("j");
        assertThat(browser.value("document.activeElement.closest('details').id"))
                .isEqualTo("t2");
        browser.press("k");
        assertThat(browser.value("document.activeElement.closest('details').id"))
                .isEqualTo("t1");
        browser.press("/");
        assertThat(browser.value("document.activeElement.id")).isEqualTo("find");
        browser.value("document.querySelector('[data-verdict=passed].chip').click()");
        assertThat(browser.value("document.getElementById('shown').textContent"))
                .isEqualTo("2 of 9 shown");
        browser.value("document.querySelector('[data-verdict=passed].chip').click()");
        assertThat(browser.value("document.getElementById('shown').textContent"))
                .isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aCheckLeadsToItsLineInTheFile() throws Exception {
        browser.open(page(SampleRun.of(List.of(SampleRun.failed()))));
        String line = "document.getElementById('t1-0-48')";
        assertThat(browser.value(line + ".closest('details').open")).isEqualTo("false");
        browser.value("document.querySelector('a[href=\"#t1-0-48\"]').click()");
        browser.await(line + ".closest('details').open");
        browser.await(
                line + ".getBoundingClientRect().top > 0 && " + line + ".getBoundingClientRect().top < innerHeight");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aLivePageFollowsItsRunWithoutBeingLoadedAgain() throws Exception {
        TestResult first = SampleRun.passed("SimpleTest", "bookworm");
        TestResult second = SampleRun.failed();
        Path topdir = Files.createDirectories(directory.resolve("run"));
        SampleRun.writeLogs(topdir, SampleRun.of(List.of(first, second)), 20);
        try (LiveRun run = new LiveRun(topdir, first, second)) {
            browser.open(URI.create(run.url()));
            browser.value("window.isTheSame = true");
            String row = "document.querySelector('tr[data-for=t1]')";
            browser.await(row + ".textContent.includes('waiting')");
            assertNothingIsWiderThanThePage();

            try (RunEventLog log = RunEventLog.create(topdir.resolve(first.directory()))) {
                log.happened(run.started(first));
                log.happened(run.entered(first, Phase.INSTALL));
                log.happened(run.reported(first, "cmd-install/stage-<b>partitioning"));
                run.pass(34);
                run.look();
            }
            browser.await(row + ".textContent.includes('running')");
            browser.await(row + ".textContent.includes('install 0:34 – start cmd-install/stage-<b>partitioning')");
            browser.await("document.querySelector('h1').textContent === '0 of 2 tests ended, 1 running, 1 waiting'");
            browser.await("document.querySelector('#t1 .verdict').textContent.includes('running')");
            browser.await(row + ".textContent.includes('install 0:35')");
            browser.picture("live-running");

            browser.value("document.querySelector('#t1 > summary').focus()");
            browser.value("document.getElementById('t1').open = true");
            run.end(first);
            run.look();
            browser.await(row + ".textContent.includes('passed')");
            browser.await("document.querySelector('#t1').textContent.includes('disk1-part1: size')");
            browser.await("document.querySelector('h1').textContent === '1 of 2 tests ended, 0 running, 1 waiting'");
            browser.await("document.querySelector('#counts').textContent.includes('passed 1')");
            assertThat(browser.value(
                            "document.activeElement.closest('details').id + document.getElementById('t1').open"))
                    .isEqualTo("t1true");

            run.end(second);
            run.finish();
            run.look();
            browser.await("document.getElementById('live').textContent.includes('The run is over')");
            browser.await("document.querySelector('h1').textContent === '1 of 2 tests did not pass'");
            browser.await("document.getElementById('t2').open");
            assertThat(browser.value("window.isTheSame"))
                    .as("it was never loaded again")
                    .isEqualTo("true");
            assertNothingIsWiderThanThePage();
            browser.picture("live-over");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
