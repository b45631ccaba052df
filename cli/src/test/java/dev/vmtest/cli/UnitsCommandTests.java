package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists units and runs parts of a list; the host's image boots nothing, so runs are only planned. */
class UnitsCommandTests {

    private final TestHost host;
    private final String config;
    private final Path file;

    UnitsCommandTests(@TempDir Path directory) throws IOException {
        host = new TestHost(directory);
        config = host.write("own.yaml", TestHost.CONFIG).toString();
        file = directory.resolve("units.json");
    }

    private UnitList list(String... arguments) throws IOException {
        TestHost.Result result = host.run(arguments);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        Files.writeString(file, result.out());
        return ResultFiles.readUnits(file);
    }

    private TestHost.Result planned(String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "run";
        words[1] = "--dry-run";
        words[2] = "--units=" + file;
        System.arraycopy(more, 0, words, 3, more.length);
        return host.run(words);
    }

    private static List<String> wouldRun(TestHost.Result result) {
        assertThat(result.err()).isEmpty();
        return result.out()
                .lines()
                .filter(line -> line.startsWith("would run "))
                .map(line -> line.substring("would run ".length(), line.indexOf(']') + 1))
                .toList();
    }

    @Test
    void aListNamesEachUnitWithItsNeedsAndItsInputs() throws IOException {
        UnitList list = list("units", config, "SimpleTest", "--release", "bookworm", "--json");

        assertThat(list.whole()).containsExactly("SimpleTest/bookworm/builtin", "own/bookworm/builtin");
        Unit own = list.units().get(1);
        assertThat(own.word()).isEqualTo(config);
        assertThat(own.needs().cores()).isEqualTo(1);
        assertThat(own.needs().memory()).isGreaterThan(2048);
        assertThat(own.needs().seconds()).isGreaterThan(3300);
        assertThat(own.inputs().parts())
                .anySatisfy(part -> assertThat(part.said()).isEqualTo("bookworm amd64/generic 20260101.1"));
        assertThat(list("units", config, "--json").units().get(0)).isEqualTo(own);
        assertThat(host.run("units", config).out())
                .contains("own/bookworm/builtin", "1 cores", own.inputs().hash().substring(0, 16));
    }

    @Test
    void aRunTakesTheUnitsOfAList() throws IOException {
        var list = list("units", "SimpleTest", "BasicTest", config, "--release", "bookworm", "--json");

        assertThat(wouldRun(planned()))
                .containsExactly("SimpleTest [bookworm]", "BasicTest [bookworm]", "own [bookworm]");
        assertThat(wouldRun(planned("--unit", "own/bookworm/builtin"))).containsExactly("own [bookworm]");
        assertThat(wouldRun(planned("--shard", "2/3"))).containsExactly("SimpleTest [bookworm]");
        host.set("CI_NODE_INDEX", "1").set("CI_NODE_TOTAL", "3");
        assertThat(wouldRun(planned("--shard", "auto"))).containsExactly("BasicTest [bookworm]");
        assertThat(list.units()).hasSize(3);
    }

    @Test
    void aUnitThatIsNotHereWhatItWasThereIsNamedWithWhatIsOther() throws IOException {
        var unused = list("units", config, "--json");
        Files.writeString(Path.of(config), TestHost.CONFIG.replace("label: root", "label: top"));
        host.write(
                "images/streams/v1/built.json",
                Files.readString(host.path("images/streams/v1/built.json")).replace("0".repeat(64), "1".repeat(64)));

        TestHost.Result result = planned();

        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(result.err().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .contains("own/bookworm/builtin is not what the list of units says: here it has another "))
                .anySatisfy(line -> assertThat(line).contains("another configuration: "))
                .anySatisfy(line -> assertThat(line).contains("another image: bookworm amd64/generic 20260101.1 ("))
                .anySatisfy(line -> assertThat(line).contains("another target: "));
    }

    @Test
    void whatIsAskedForAndNotThereIsSaid() throws IOException {
        var unused = list("units", config, "--json");

        assertThat(planned("--unit", "other/bookworm/builtin").err())
                .contains("--unit other/bookworm/builtin: " + file + " lists no such unit, but own/bookworm/builtin");
        assertThat(planned("SimpleTest").err()).contains("--units names the tests and their releases");
        assertThat(host.run("run", config, "--unit", "x").err()).contains("name the list with --units FILE");
        assertThat(planned("--installer", "curtin=/nowhere/curtin").err())
                .contains("own/bookworm/builtin tests the installer builtin, and this run tests curtin");
        assertThat(planned("--shard", "auto").err()).contains("nothing here says which share of the work this is");
        Files.delete(Path.of(config));
        assertThat(planned().status()).isEqualTo(ExitStatus.USAGE);
        Files.writeString(file, "{\"format\": 2}");
        assertThat(planned().err()).contains("a newer vmtest wrote this");
        Files.writeString(file, "{\"format\": 1}");
        assertThat(planned().err()).contains("units.json:1:").contains("expected a list of units");
    }

    @Test
    void bazelSeesThatShardsAreKnown() {
        Path status = host.path("tmp/status");
        host.set("TEST_SHARD_INDEX", "0")
                .set("TEST_TOTAL_SHARDS", "2")
                .set("TEST_SHARD_STATUS_FILE", status.toString());

        assertThat(host.run("list", "SimpleTest", "BasicTest", "--release", "bookworm", "--shard", "auto")
                        .out())
                .startsWith("BasicTest ")
                .hasLineCount(1);
        assertThat(status).exists();
    }

    @Test
    void theTimesOfAnEarlierRunAreExpected() throws IOException {
        host.write("earlier/results.json", """
                {"format": 1, "vmtest": "1", "started": "2026-01-01T00:00:00Z", "seconds": 1,
                 "accelerator": {"name": "tcg", "reason": ""}, "origin": {"host": "", "command": ""},
                 "tests": [{"name": "own", "release": "bookworm", "installer": "builtin", "verdict": "passed",
                  "seconds": 33.5, "phases": [], "checks": [], "directory": "own-bookworm", "reproduce": "",
                  "warnings": [], "evidence": {"summary": "", "context": [], "machineEnd": "", "lastEvent": "", "log": "", "badLine": -1}}]}
                """);
        assertThat(list(
                                "units",
                                config,
                                "--json",
                                "--times-of",
                                host.path("earlier").toString())
                        .units()
                        .get(0)
                        .needs()
                        .expectedSeconds())
                .isEqualTo(33.5);
        assertThat(host.run("units", config, "--times-of", host.path("tmp").toString())
                        .status())
                .isEqualTo(ExitStatus.USAGE);
    }
}
