package dev.vmtest.installer.curtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installer.InstallerException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold what commands may call of the curtin under test, and where it is said that they may not. */
class SubCommandRulesTests {

    private static final SubCommands KNOWN = () -> Set.of("in-target", "block-wipe", "swap");

    private final Problems problems = new Problems();

    private void check(String yaml, SubCommands subCommands) {
        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        new SubCommandRules(subCommands).check(config, problems);
    }

    private List<String> lines(List<Problem> found) {
        return found.stream().map(Problem::toString).toList();
    }

    @Test
    void refusesWhatTheCurtinUnderTestDoesNotHave() {
        check("partitioning_commands: {10_wipe: curtin wipe --all, 20_more: [curtin, -v, block-wip, /dev/vda]}", KNOWN);

        assertThat(lines(problems.all()))
                .containsExactly(
                        "c.yaml:1:34: partitioning_commands '10_wipe': the curtin under test has no 'curtin wipe'; it has:"
                                + " block-wipe, in-target, swap",
                        "c.yaml:1:63: partitioning_commands '20_more': the curtin under test has no 'curtin block-wip';"
                                + " did you mean 'block-wipe'? it has: block-wipe, in-target, swap");
    }

    @Test
    void namesTheLineOfAScript() {
        check("""
                late_commands:
                  a: |
                    set -e

                    if true; then
                      \u00e9=1; curtin wipe
                    fi
                  b:
                    - sh
                    - -c
                    - >-
                      true
                      true; curtin
                      wipe

                      curtin swop
                  c: "true; curtin wipe"
                """, KNOWN);

        assertThat(problems.all())
                .extracting(problem -> problem.location().toString())
                .containsExactly("c.yaml:6:12", "c.yaml:13:13", "c.yaml:16:7", "c.yaml:17:6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curtin block-wipe /dev/vda; curtin --config=x swap",
                "curtin in-target -- curtin frob",
                "/opt/other/curtin frob",
                "curtin $sub; curtin; echo curtin frob"
            })
    void leavesAloneWhatItHasAndWhatIsAnotherOne(String line) {
        check("late_commands: {a: '" + line + "'}", KNOWN);

        assertThat(problems.all()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void asksNobodyForWhatEveryCurtinHas() {
        check("late_commands: {a: curtin in-target -- true, b: curtin curthooks}", () -> {
            throw new AssertionError("asked");
        });

        assertThat(problems.all()).isEmpty();
    }

    @Test
    void saysThatNobodyKnowsWhereItDoesNotRun() {
        check("late_commands: {a: curtin swap, b: curtin wipe}", () -> {
            throw new InstallerException("'x --help' ended with exit status 127; it said:\n  x: not found\n");
        });

        assertThat(problems.all()).isEmpty();
        assertThat(lines(problems.warnings()))
                .hasSize(2)
                .first()
                .isEqualTo("c.yaml:1:20: warning: late_commands 'a': whether the curtin under test has 'curtin swap' is"
                        + " not known: 'x --help' ended with exit status 127; name one that runs on this host by"
                        + " --installer curtin=COMMAND");
    }
}
