package dev.vmtest.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestCommandTests {

    /** Says how it was called, as a curtin that packs; its own name is a word with a space. */
    private static final String CURTIN = """
            #!/bin/sh
            echo '#!/bin/sh'
            for word; do echo "# $word"; done
            for word; do case $word in --add=*) sed 's/^/## /' "${word#*:}" ;; esac; done
            """;

    @TempDir
    private Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private Path scratch = Path.of("");
    private String curtin = "";
    private List<String> iscsi = List.of();

    @BeforeEach
    void makeACurtin() throws IOException {
        scratch = Files.createDirectory(directory.resolve("scratch"));
        Path program = Files.writeString(directory.resolve("my curtin"), CURTIN);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        curtin = "'" + program + "'";
    }

    @AfterEach
    void end() {
        processes.close();
    }

    private Path file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String script(List<String> words, List<String> added, Map<String, String> proxies) throws IOException {
        return new String(
                new GuestCommand(words, added)
                        .script(
                                "http://h:1/s",
                                new IscsiTokens(iscsi),
                                curtin,
                                !proxies.isEmpty(),
                                proxies,
                                scratch,
                                processes),
                StandardCharsets.UTF_8);
    }

    private String runs(String script) throws Exception {
        Path program = file("script", script.replace(">/dev/console", ">&2"));
        Process process = new ProcessBuilder("sh", program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return out + "status " + process.waitFor();
    }

    @Test
    void aPlainCommandGetsItsWordsAndFilesAsTheyAre() throws Exception {
        Path tool = file("a tool", "#!/bin/sh\nprintf '<%s> %s\\n' \"$1\" \"$(cat sub/data)\"; exit 7\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Path data = file("da:ta", "it's 50% \\n ü\n");

        String script = script(
                List.of("./a tool", "PUBURL/x 'y' \"z\" $HOME\n"),
                List.of(tool.toString(), data + ":sub/data"),
                Map.of());

        assertThat(runs(script)).isEqualTo("<http://h:1/s/x 'y' \"z\" $HOME\n> it's 50% \\n ü\nstatus 7");
    }

    @Test
    void aCurtinPacksItsConfigurationsUnderNamesOfTheirOwn() throws Exception {
        Path one = file("a/layout: 1.yaml", "source: PUBURL/root\n");
        Path two = file("b/layout: 1.yaml", "two: 2\n");

        String script = script(
                List.of(
                        "/opt/curtin",
                        "-vv",
                        "install",
                        "-c",
                        one.toString(),
                        "--config=" + two,
                        "fsimage:PUBURL/x",
                        "--",
                        "sh",
                        "-c",
                        "no file"),
                List.of(),
                Map.of());

        assertThat(script.lines())
                .containsExactly(
                        "#!/bin/sh",
                        "# pack",
                        "# --add=config/layout--1.yaml:" + scratch.resolve("config-0"),
                        "# --add=config/2-layout--1.yaml:" + scratch.resolve("config-1"),
                        "# --",
                        "# curtin",
                        "# -vv",
                        "# install",
                        "# --config=config/layout--1.yaml",
                        "# --config=config/2-layout--1.yaml",
                        "# fsimage:http://h:1/s/x",
                        "# --",
                        "# sh",
                        "# -c",
                        "# no file",
                        "## source: http://h:1/s/root",
                        "## two: 2");
    }

    @Test
    void configurationsGetTheAddressesOfIscsiDisksInTheirOrder() throws Exception {
        Path one = file("one.yaml", "a: iscsi:__RFC4173__, b: iscsi:__RFC4173__\n");
        Path two = file("two.yaml", "c: iscsi:__RFC4173__\n");
        List<String> command = List.of("curtin", "install", "-c", one.toString(), "-c", two.toString());

        iscsi = List.of("h:6:1:1:x", "h:6:1:1:y", "h:6:1:1:z");
        assertThat(script(command, List.of(), Map.of()))
                .contains("## a: iscsi:h:6:1:1:x, b: iscsi:h:6:1:1:y\n")
                .contains("## c: iscsi:h:6:1:1:z");
        iscsi = List.of("h:6:1:1:x", "h:6:1:1:y");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> script(command, List.of(), Map.of()))
                .withMessageContaining(two + " has more iSCSI disks (__RFC4173__) than there are; add one with --disk");
    }

    @Test
    void aCurtinGetsTheProxiesFirst() throws Exception {
        String script = script(List.of("curtin", "install"), List.of(), Map.of("http_proxy", "http://it's:3128"));

        assertThat(script)
                .contains("# curtin\n# --install-deps\n# --config=config/launch-curtin-proxy.cfg\n# install\n")
                .contains("## proxy:\n##   http_proxy: 'http://it''s:3128'\n");
    }

    @Test
    void filesThatAreMissingOrMeetAreNamed() throws IOException {
        Path file = file("a", "");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> new GuestCommand(List.of("curtin", "-c", "gone.yaml"), List.of()).configs())
                .withMessageContaining("'gone.yaml': no such file");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> new GuestCommand(List.of("true"), List.of("gone")))
                .withMessageContaining("--add 'gone': no such file");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> new GuestCommand(List.of("true"), List.of(file + ":x", file + ":x")))
                .withMessageContaining("two files are called x");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> new GuestCommand(List.of("true"), List.of(file + ":../x")))
                .withMessageContaining("a relative name");
        // Not a curtin's: -c is the shell's.
        assertThat(new GuestCommand(List.of("sh", "-c", "true"), List.of()).configs())
                .isEmpty();
    }
}
