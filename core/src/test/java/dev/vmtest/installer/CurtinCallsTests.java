package dev.vmtest.installer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Location;
import dev.vmtest.installconfig.StageCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurtinCallsTests {

    private static final Location HERE = new Location("c.yaml", 1, 1);

    private static List<String> line(String script) {
        return calls(new StageCommand(HERE, "a", List.of(script), true));
    }

    private static List<String> words(String... argv) {
        return calls(new StageCommand(HERE, "a", List.of(argv), false));
    }

    private static List<String> calls(StageCommand command) {
        return CurtinCalls.of(command).stream()
                .filter(call -> !call.shown().equals("'curtin in-target'") || call.inTarget())
                .map(call -> call.shown() + (call.inTarget() ? " in the target" : ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "@@", quoteCharacter = '^', textBlock = """
            curtin wipe --quick --all-unused-disks                     @@ 'curtin wipe'
            curtin                                                     @@ 'curtin'
            curtin -v --showtrace apt-config                           @@ 'curtin apt-config'
            /usr/bin/curtin in-target -- true                          @@ '/usr/bin/curtin in-target'
            /opt/curtin/bin/curtin apt-config                          @@ '/opt/curtin/bin/curtin apt-config'
            set -e; curtin apt-config || true                          @@ 'curtin apt-config'
            if true; then curtin swap; fi                              @@ 'curtin swap'
            test -e /x && A=1 B=2 curtin "swap"                        @@ 'curtin swap'
            out=$(curtin block-info)                                   @@ 'curtin block-info'
            echo "it is `curtin block-info` (or so)"                   @@ 'curtin block-info'
            echo "it is $(cat $(curtin block-info)) or so"             @@ 'curtin block-info'
            sh -c 'set -x; curtin apt-config'                          @@ 'curtin apt-config'
            env LANG=C timeout 30 curtin swap                          @@ 'curtin swap'
            eval 'curtin swap'                                         @@ 'curtin swap'
            curtin in-target -- curtin apt-config                      @@ 'curtin apt-config' in the target
            curtin in-target -t /x -- sh -c 'cd / && curtin in-target' @@ 'curtin in-target' in the target
            chroot /target curtin swap                                 @@ 'curtin swap' in the target
            true >/dev/null 2>&1; curtin swap                          @@ 'curtin swap'
            """)
    void findsWhatAShellWouldCall(String script, String call) {
        assertThat(line(script)).containsExactly(call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curtin in-target -- apt-get update",
                "curtin -vv in-target -t /target --capture -- sh -c 'echo curtin swap'",
                "echo curtin swap; echo 'x; curtin swap' # curtin swap",
                "echo x > curtin; cat <curtin swap",
                "rm -rf /var/log/curtin; ls curtin",
                "printf '%s' \"curtin swap; $HOME\"",
                "curtin \"$command\"",
                "cat <<EOF >/x\ncurtin swap\nEOF\ntrue",
                "echo \\\n curtin swap",
                "'unbalanced; curtin swap",
                "command -v curtin-x"
            })
    void leavesAloneWhatIsNoCall(String script) {
        assertThat(line(script)).isEmpty();
    }

    @Test
    void readsEveryLineOfAScript() {
        assertThat(line("set -e\ncat <<-'END'\n  curtin hook\n  END\ncurtin swap\ncurtin swap\ncurtin unmount\n"))
                .containsExactly("'curtin swap'", "'curtin unmount'");
    }

    @Test
    void readsListsWord() {
        assertThat(words("curtin", "swap")).containsExactly("'curtin swap'");
        assertThat(words("sh", "-xec", "true\ncurtin apt-config")).containsExactly("'curtin apt-config'");
        assertThat(words("curtin", "in-target", "--target", "/t", "--", "/usr/bin/curtin", "swap"))
                .containsExactly("'/usr/bin/curtin swap' in the target");
        assertThat(words("env", "A=b", "curtin", "swap")).containsExactly("'curtin swap'");
        assertThat(words("echo", "curtin", "swap", "; curtin swap")).isEmpty();
        assertThat(words("curtin", "in-target", "--", "sh", "-c", "exit 0")).isEmpty();
    }

    @Test
    void passesOverOptions() {
        assertThat(CurtinCalls.of(new StageCommand(HERE, "a", List.of("curtin -c f --set a=b -v swap"), true)))
                .containsExactly(new CurtinCalls.Call("curtin", "-c", "swap", false, 0));
        assertThat(CurtinCalls.of(new StageCommand(HERE, "a", List.of("curtin --config=f swap"), true)))
                .containsExactly(new CurtinCalls.Call("curtin", "--config=f", "swap", false, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curtin swap",
                "true; curtin swap",
                "echo 'a\nb' \\\n  \"c\\\"\"; curtin swap; curtin swap",
                "sh -c 'true\n echo \"a\\nb\"; curtin swap'",
                "echo \"$(true;\n curtin swap)\"",
                "echo \"`curtin swap`\"",
                "eval true ';' curtin swap"
            })
    void saysWhereACallStands(String script) {
        String asWritten = script.replace("\\n", "\n");

        assertThat(CurtinCalls.of(new StageCommand(HERE, "a", List.of(asWritten), true)))
                .singleElement()
                .satisfies(call -> assertThat(call.place()).isEqualTo(asWritten.indexOf("curtin swap")));
    }

    @Test
    void countsPlacesOverTheWordsOfAList() {
        assertThat(CurtinCalls.of(new StageCommand(HERE, "a", List.of("sh", "-c", "true; curtin swap"), false)))
                .singleElement()
                .satisfies(call -> assertThat(call.place()).isEqualTo("sh-ctrue; ".length()));
    }

    @Test
    void endsWithAnyDepth() {
        assertThat(line("sh -c ".repeat(50) + "'curtin swap'")).isEmpty();
        assertThat(line("\"$(".repeat(5000))).isEmpty();
        assertThat(line("env ".repeat(5000) + "curtin swap")).hasSizeLessThan(2);
    }
}
