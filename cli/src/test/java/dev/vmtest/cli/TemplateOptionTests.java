package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateOptionTests {

    @Test
    void aValueIsNotAmongTheWordsThatAReportShows() {
        assertThat(TemplateOption.shown(List.of(
                        "vmtest", "run", "a=b", "--set", "KEY=S3cret", "--set=PIN=12=34", "--set", "--set", "x=y")))
                .containsExactly(
                        "vmtest", "run", "a=b", "--set", "KEY=(secret)", "--set=PIN=(secret)", "--set", "--set", "x=y");
    }

    private static final String TEMPLATE = """
            storage:
              version: 1
              config:
              - {id: d, type: disk, serial: a, ptable: msdos}
              - {id: p, type: partition, device: d, size: __SIZE__, number: __NUMBER__, preserve: __KEEP__}
              - {id: f, type: format, volume: p, fstype: __ROOT_FS__, label: "__LABEL__"}
              - {id: m, type: mount, device: f, path: /}
            late_commands: {a: 'echo __FILE__'}
            """;
    private static final List<String> ALL = List.of(
            "--set", "SIZE=3G", "--set", "NUMBER=1", "--set", "KEEP=no", "--set", "ROOT_FS=ext4", "--set", "LABEL=on");

    @TempDir
    private Path directory;

    private TestHost host;
    private String file;

    @BeforeEach
    void writeTemplate() throws IOException {
        host = new TestHost(directory);
        file = host.write("t.yaml", TEMPLATE).toString();
    }

    private TestHost.Result run(String command, List<String> options) {
        return host.run(java.util.stream.Stream.of(List.of(command), options, List.of(file))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    @Test
    void anOpenPlaceIsSaidOnceForAnyInstallerAndNothingElse() {
        for (List<String> installer : List.of(List.<String>of(), List.of("--installer", "curtin=true"))) {
            TestHost.Result result = run("check", installer);

            assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(result.lines())
                    .containsExactly(
                            file + ":5:47: this is a template: '__SIZE__' is to be filled in; add --set SIZE=VALUE, or"
                                    + " replace it in the file",
                            file + ":5:65: this is a template: '__NUMBER__' is to be filled in; add --set NUMBER=VALUE,"
                                    + " or replace it in the file",
                            file + ":5:87: this is a template: '__KEEP__' is to be filled in; add --set KEEP=VALUE, or"
                                    + " replace it in the file",
                            file
                                    + ":6:46: this is a template: '__ROOT_FS__' is to be filled in; add --set ROOT_FS=VALUE,"
                                    + " or replace it in the file",
                            file
                                    + ":6:66: this is a template: '__LABEL__' is to be filled in; add --set LABEL=VALUE, or"
                                    + " replace it in the file",
                            file
                                    + ":8:20: warning: '__FILE__' looks like a place of a template; if it is one, add --set"
                                    + " FILE=VALUE");
        }
        assertThat(run("run", List.of()).err()).contains("this is a template: '__SIZE__'");
        assertThat(run("plan", List.of()).err()).contains("this is a template: '__SIZE__'");
    }

    @Test
    void aFilledTemplateIsAConfiguration() {
        TestHost.Result check = run("check", ALL);
        assertThat(check.status()).as(check.out()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(check.out()).contains(": no problem found, 1 warning");

        TestHost.Result plan = run("plan", ALL);
        assertThat(plan.status()).as(plan.err()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(plan.out()).contains("ext4").contains("echo __FILE__").doesNotContain("__SIZE__", "__LABEL__");
    }

    @Test
    void aValueIsNeverMoreThanOneValue() {
        List<String> options = new java.util.ArrayList<>(ALL);
        options.set(7, "ROOT_FS=ext4, x: {y: &a [1]}\n- z __SIZE__ *a $1");

        TestHost.Result result = run("check", options);

        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(result.out())
                .startsWith(file + ":6:46: format 'f': unknown file system 'ext4, x: {y: &a [1]}")
                .contains("- z __SIZE__ *a $1'; use one of: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIZE", "__SIZE__=3G", "size=3G", "=3G", "RFC4173=x", "SISE=3G", "FSTYPE=x"})
    void anUnknownNameIsAnError(String setting) {
        for (String command : List.of("check", "plan", "run")) {
            List<String> options = new java.util.ArrayList<>(ALL);
            options.addAll(List.of("--set", setting));

            TestHost.Result result = run(command, options);

            assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(result.err()).contains("--set");
        }
    }

    @Test
    void sayWhatWasMeant() {
        assertThat(run("check", List.of("--set", "SISE=3G")).err())
                .contains("no file says __SISE__; did you mean 'SIZE'?");
        assertThat(run("check", List.of("--set", "__SIZE__=3G")).err()).contains("write SIZE");
        assertThat(run("check", List.of("--set", "SIZE=1", "--set", "SIZE=1")).err())
                .contains("--set SIZE is given twice");
        file = host.write("plain.yaml", "{}").toString();
        assertThat(run("check", List.of("--set", "SIZE=3G")).err()).contains("none is a template");
    }
}
