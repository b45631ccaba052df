package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run a test with somebody at the other end of the network of its first boot, of which the guest is played. */
class FarEndTests {

    private static final String NETWORK = """
            network:
              version: 2
              ethernets: {lan: {match: {macaddress: '52:54:00:12:34:01'}, set-name: lan, addresses: [10.1.0.2/24]}}
            """;

    /** Asks who has 10.1.0.254. */
    private static final byte[] QUESTION = HexFormat.of()
            .parseHex("ffffffffffff5254001234010806" + "0001080006040001" + "525400123401" + "0a010002" + "000000000000"
                    + "0a0100fe");

    @TempDir
    Path directory;

    private PlayedRun played;
    private Path logs;

    @BeforeEach
    void play() throws IOException {
        played = new PlayedRun(directory);
        played.guest.frames(QUESTION);
        logs = directory.resolve("run/Layout-bookworm/logs");
    }

    @Test
    void whatTheMachineSendsIsHeardRecordedAndJudged() throws IOException {
        played.yaml += NETWORK + "vmtest: {network_peer: true}\n";

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.checks())
                .filteredOn(check -> check.name().equals("interface lan: reaches 10.1.0.254"))
                .singleElement()
                .satisfies(check -> assertThat(check.source()).matches("layout.yaml:[0-9]+:[0-9]+"));
        assertThat(logs.resolve("peer.json")).content().contains("who_has").contains("10.1.0.254");
        // The question and its answer, each with its header.
        assertThat(Files.size(logs.resolve("segment-0.pcap"))).isEqualTo(24 + 2 * (16 + 42));
        assertThat(logs.resolve("boot-command.sh")).content().contains("at the other end of its network");
        assertThat(logs.resolve("install-command.sh")).content().doesNotContain("at the other end of its network");
    }

    @Test
    void withoutItNobodyIsThere() throws IOException {
        played.yaml += NETWORK;

        TestResult result = played.run();

        assertThat(result.checks()).extracting(CheckRecord::name).noneMatch(name -> name.contains("reaches"));
        assertThat(logs.resolve("peer.json")).doesNotExist();
        assertThat(logs.resolve("segment-0.pcap")).doesNotExist();
    }
}
