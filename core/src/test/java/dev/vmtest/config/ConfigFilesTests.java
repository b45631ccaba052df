package dev.vmtest.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFilesTests {

    private final Problems problems = new Problems();

    private MapValue parse(String yaml) {
        return ConfigFiles.parse("c.yaml", yaml, problems);
    }

    private List<String> messages() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    private ScalarValue scalar(String written) {
        return (ScalarValue)
                java.util.Objects.requireNonNull(parse("k: " + written).get("k"));
    }

    @ParameterizedTest
    @CsvSource({
        "yes, true", "No, false", "off, false", "ON, true", "True, true", "0644, 420", "0x1F, 31", "0b101, 5",
        "1_000, 1000", "12:30, 750", "-0x10, -16", "+5, 5", "0, 0", "1.5, 1.5", "12:30.5, 750.5", "1.0e+3, 1000.0",
        "-.inf, -Infinity", "1e3, 1e3", "0o17, 0o17", "y, y", "n, n", "'''yes''', yes", "08, 08", "1.2.3, 1.2.3",
        "0X1520, 0X1520", "4GB, 4GB", "!!str 12, 12", "!!int 12, 12", "2001-12-14, Moment[text=2001-12-14]", "=, ="
    })
    void resolvesAsPyYamlDoes(String written, String expected) {
        assertThat(String.valueOf(scalar(written).value())).isEqualTo(expected);
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void resolvesNull(String written) {
        assertThat(scalar(written).value()).isNull();
    }

    @Test
    void keepsTheTextOfNumbers() {
        ScalarValue wwn = scalar("0x39cc071e72c64cc4");

        assertThat(wwn.text()).isEqualTo("0x39cc071e72c64cc4");
        assertThat(wwn.value()).isEqualTo(new BigInteger("39cc071e72c64cc4", 16));
        assertThat(wwn.location()).isEqualTo(new Location("c.yaml", 1, 4));
    }

    @Test
    void mergesWithTheOwnKeysWinningAndTheEarlierMapFirst() {
        MapValue root = parse("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\n");

        assertThat(messages()).isEmpty();
        assertThat(ConfigText.yaml(java.util.Objects.requireNonNull(root.get("c"))))
                .isEqualTo("x: 3\ny: 1\nz: 2\n");
    }

    @Test
    void namesBothPlacesOfADuplicateKey() {
        parse("disk:\n  name: a\n  wipe: zero\n  name: b\n");

        assertThat(messages())
                .containsExactly("c.yaml:4:3: key 'name' is given twice; remove it here or at c.yaml:2:3");
    }

    @Test
    void theLastOfADuplicateKeyCountsForAnInstallerThatReadsTheFile() {
        Problems left = Problems.ofInstallerThatReadsTheFile();
        MapValue root = ConfigFiles.parse("c.yaml", "a: 1\nb: {x: 1}\na: 2\nb: {y: 2}\na: 3\n", left);

        assertThat(ConfigText.json(root)).isEqualTo("{\"a\":3,\"b\":{\"y\":2}}");
        assertThat(left.isEmpty()).isTrue();
        left.throwIfAny();
        assertThat(left.all()).isEmpty();
        assertThat(left.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "c.yaml:3:1: warning: key 'a' is given twice; the last one counts; remove it here or at c.yaml:1:1",
                        "c.yaml:4:1: warning: key 'b' is given twice; the last one counts; remove it here or at c.yaml:2:1",
                        "c.yaml:5:1: warning: key 'a' is given twice; the last one counts; remove it here or at c.yaml:3:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                 | c.yaml:1:1: the file is empty; write '{}' to ask for the automatic layout
            '# only a comment' | c.yaml:1:1: the file is empty; write '{}' to ask for the automatic layout
            '- a'              | c.yaml:1:1: the file must hold a mapping at its top, not a list; begin with a key such as 'storage:'
            'word'             | c.yaml:1:1: the file must hold a mapping at its top, not a string; begin with a key such as 'storage:'
            'a: [1, 2'         | c.yaml:1:9: invalid YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>
            'a: b: c'          | c.yaml:1:5: invalid YAML: mapping values are not allowed here; check the indentation, and quote text that contains ': '
            'a: *b'            | c.yaml:1:4: invalid YAML: found undefined alias b
            'a: !thing b'      | c.yaml:1:4: unknown tag '!thing'; remove the tag, or quote the text
            'a: !!int b'       | c.yaml:1:4: 'b' does not fit its tag tag:yaml.org,2002:int; remove the tag
            'a: &x [*x]'       | c.yaml:1:4: this value contains itself through an alias
            '? [a]\n: b'       | c.yaml:1:3: a key must be a plain word, not a list or mapping
            'a: {<<: b}'       | c.yaml:1:9: '<<' merges a mapping or a list of mappings, not a string; refer to a mapping, e.g. '<<: *anchor'
            """)
    void answersBadYaml(String yaml, String expected) {
        parse(yaml.replace("\\n", "\n"));

        assertThat(messages()).containsExactly(expected);
    }

    @Test
    void whatAProblemQuotesIsOnePrintableLine() {
        Problem problem = new Problem(
                new Location("a\u001b[2J\nb.yaml", 1, 2), "no '\u202eabc\n/etc/x:1:1: all is well'", "use\u2028it");

        assertThat(problem).hasToString("a\uFFFD[2J b.yaml:1:2: no '\uFFFDabc /etc/x:1:1: all is well'; use it");
        assertThat(new Problem(new Location("f", 1, 1), "x".repeat(4_000_000), "").toString())
                .hasSizeLessThan(6000);
    }

    @Test
    void answersATab() {
        parse("a:\n\tb: c\n");

        assertThat(messages())
                .singleElement()
                .asString()
                .startsWith("c.yaml:2:1: invalid YAML: ")
                .endsWith("; indent with spaces instead of tabs");
    }

    @Test
    void answersAControlCharacter() {
        parse("a: b\nc: \u0007\n");

        assertThat(messages())
                .containsExactly("c.yaml:2:4: invalid YAML: the character U+0007 is not allowed; write it as an escape"
                        + " in double quotes");
    }

    @Test
    void answersTwoDocuments() {
        parse("a: b\n---\nc: d\n");

        assertThat(messages()).singleElement().asString().endsWith("; keep one document in a file");
    }

    @Test
    void boundsDepth() {
        parse("a: " + "[".repeat(100) + "]".repeat(100));

        assertThat(messages()).containsExactly("c.yaml:1:1: values are nested more than 60 deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k: %s", "k: '%s'", "k: \"%s\"", "k: |\n  %s", "# %s\nk: v", "k: !%s v"})
    void aLongTokenTakesLinearWork(String form) {
        // Bytes that are allocated are counted: that does not depend on what else the host does.
        long unused = work(form, 10_000);
        long few = work(form, 100_000);
        long many = work(form, 1_000_000);

        assertThat(many)
                .as("bytes for 1,000,000 characters, " + few + " for 100,000")
                .isLessThan(15 * few);
    }

    private static long work(String form, int length) {
        String yaml = form.formatted("x".repeat(length)) + "\n";
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ConfigFiles.parse("c.yaml", yaml, new Problems());
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\nbad: [\n", "a: 1\r\nbad: [\r\n", "a: 1\rbad: [\r", "a: 1\u0085bad: [\u0085"})
    void countsLinesByEveryLineEnd(String yaml) {
        parse(yaml);

        assertThat(messages()).singleElement().asString().startsWith("c.yaml:3:1: invalid YAML");
    }

    @Test
    void placesAreThoseOfCharactersAlsoBehindOnesOfTwoUnits() {
        MapValue map = parse("k: {'\uD83D\uDE00': 1, later: 2}");

        assertThat(map.get("k"))
                .isInstanceOfSatisfying(
                        MapValue.class,
                        inner -> assertThat(inner.locationOf("later")).isEqualTo(new Location("c.yaml", 1, 13)));
        parse("k: '\uD83D\uDE00'\nl: \u0007");
        assertThat(messages()).singleElement().asString().startsWith("c.yaml:2:4: ");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        parse("k: \uD83D");

        assertThat(messages()).singleElement().asString().contains("the character U+D83D is not allowed");
    }

    @Test
    void boundsWhatAliasesExpandTo() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++) {
            String alias = "*a" + (level - 1);
            yaml.append("a%d: &a%d [%s]\n"
                    .formatted(level, level, String.join(", ", java.util.Collections.nCopies(10, alias))));
        }

        MapValue root = parse(yaml.toString());

        assertThat(root.entries()).isEmpty();
        assertThat(messages()).containsExactly("c.yaml:6:5: aliases expand this value to more than 200000 values");
    }

    @Test
    void answersFilesThatCannotBeRead(@TempDir Path directory) throws IOException {
        Path latin = directory.resolve("latin.yaml");
        Files.write(latin, "a: b\nc: M\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1));
        Path large = directory.resolve("large.yaml");
        Files.write(large, new byte[ConfigFiles.LARGEST_FILE + 1]);

        ConfigFiles.load(directory.resolve("none.yaml"), "none.yaml", problems);
        ConfigFiles.load(directory, "directory", problems);
        ConfigFiles.load(latin, "latin.yaml", problems);
        ConfigFiles.load(large, "large.yaml", problems);
        ConfigFiles.load(Path.of("/dev/zero"), problems);

        assertThat(messages())
                .containsExactly(
                        "/dev/zero:1:1: this is not a regular file; name a YAML file",
                        "directory:1:1: this is a directory, not a file; name a YAML file in it",
                        "large.yaml:1:1: the file is larger than 4 MiB",
                        "latin.yaml:2:5: the file is not valid UTF-8: byte 0xfc; save it as UTF-8",
                        "none.yaml:1:1: no such file; check the path; it is taken from the current directory");
    }
}
