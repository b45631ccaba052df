package dev.vmtest.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link AptReader}. */
class AptReaderTests {

    private final Problems problems = new Problems();

    private AptConfig read(String yaml) {
        return Objects.requireNonNull(
                AptReader.read(new MapReader(ConfigFiles.parse("c.yaml", yaml, problems), "configuration", problems)));
    }

    private List<String> messages() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void readsTheWholeSection() {
        AptConfig apt = read("""
                apt:
                  preserve_sources_list: false
                  primary:
                    - {arches: [amd64, default], uri: 'http://m/debian'}
                  security:
                    - {arches: [default], search: ['http://a.invalid/s', 'http://10.0.2.2/s', 'http://later/s']}
                  sources_list: |
                    deb $MIRROR $RELEASE main
                    deb ${SECURITY} $RELEASE-security main
                  disable_suites: [$RELEASE-updates, backports]
                  disable_components: [contrib]
                  sources:
                    own: {source: 'deb $PRIMARY $RELEASE own', filename: /etc/apt/sources.list.d/mine.list}
                  conf: 'Acquire::Retries "3";'
                  preferences: [{package: '*', pin: 'release a=x', pin-priority: 900}]
                  debconf_selections: {b: "p p/q string x\\n", a: "# no answer\\np p/w password s3cret\\n"}
                  proxy: http://u:s3cret@h:3128
                  https_proxy: http://h:3129
                """);

        assertThat(messages()).isEmpty();
        assertThat(apt.preservesSources()).isFalse();
        assertThat(AptMirror.of(apt.primary(), "arm64"))
                .hasValueSatisfying(mirror -> assertThat(mirror.candidates()).containsExactly("http://m/debian"));
        assertThat(apt.security().get(0).candidates()).containsExactly("http://10.0.2.2/s");
        assertThat(apt.sources()).singleElement().satisfies(source -> {
            assertThat(source.file(false)).isEqualTo("/etc/apt/sources.list.d/mine.list");
            assertThat(source.file(true)).isEqualTo("/etc/apt/sources.list.d/mine.sources");
            assertThat(source.keyFile()).isEqualTo("/etc/apt/trusted.gpg.d/mine.list.asc");
        });
        assertThat(apt.debconf()).extracting(DebconfAnswers::name).containsExactly("a", "b");
        assertThat(apt.debconf().get(0).answers()).singleElement().satisfies(answer -> {
            assertThat(answer.isPassword()).isTrue();
            assertThat(answer.toString()).doesNotContain("s3cret");
        });
        assertThat(apt.proxies()).extracting(AptProxy::toString).noneMatch(text -> text.contains("s3cret"));
        assertThat(apt.changesNothing()).isFalse();
    }

    @Test
    void readsTheOlderKeys() {
        AptConfig apt = read("""
                apt_mirrors: {ubuntu_archive: 'http://a/ubuntu', ubuntu_security: 'http://s/ubuntu'}
                apt_proxy: http://h:3128
                debconf_selections: {a: "debconf debconf/priority select low"}
                """);

        assertThat(messages()).isEmpty();
        assertThat(apt.preservesSources()).isFalse();
        assertThat(apt.primary()).extracting(AptMirror::uri).containsExactly("http://a/ubuntu");
        assertThat(apt.security()).extracting(AptMirror::uri).containsExactly("http://s/ubuntu");
        assertThat(apt.debconf().get(0).answers().get(0).location()).hasToString("c.yaml:3:25");
    }

    @Test
    void aSectionThatOnlyPreservesChangesNothing() {
        assertThat(read("apt: {preserve_sources_list: true}").changesNothing()).isTrue();
    }

    @Test
    void whatIsNotReadWhereSourcesArePreservedIsSaid() {
        read("apt: {disable_suites: [updates]}");
        assertThat(messages()).isEmpty();
        assertThat(problems.warnings())
                .singleElement()
                .hasToString(
                        "c.yaml:1:23: warning: apt: 'disable_suites' changes nothing: the image's own sources are preserved;"
                                + " add 'preserve_sources_list: false', or take it out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "apt: {primry: []} | c.yaml:1:7: apt: unknown key 'primry'; did you mean 'primary'?",
                "apt: [] | c.yaml:1:6: configuration: 'apt' must be a mapping, not a list",
                "apt: {primary: [{uri: 'http://a/'}]} | c.yaml:1:17: apt: primary: 'arches' is missing; add 'arches:'",
                "apt: {primary: [{arches: [default]}]} | c.yaml:1:17: apt: primary: nothing says where the mirror is; add 'uri:' or 'search:'",
                "apt: {primary: [{arches: [default], uri: 'no'}]} | c.yaml:1:42: apt: primary: 'no' is no address of a mirror; write it like http://HOST/PATH",
                "apt: {primary: [{arches: [default], uri: 'http://a/', search_dns: true}]} | c.yaml:1:67: apt: primary: 'search_dns' is cloud-init's: no installer asks the DNS for mirrors; write 'search:' with addresses",
                "apt: {security: [{arches: [default], uri: 'http://a/'}]} | c.yaml:1:17: apt: 'security' is not read without 'primary': all mirrors are then the release's own; add 'primary:'",
                "apt: {preserve_sources_list: false, disable_components: [main]} | c.yaml:1:58: apt: the component 'main' is never disabled; take it out",
                "apt: {preserve_sources_list: false, sources_list: 'deb $MIROR x main'} | c.yaml:1:51: apt: '$MIROR' stands for nothing; known are $RELEASE, $MIRROR, $PRIMARY, $SECURITY",
                "apt: {preserve_sources_list: false, sources_list: 'nothing'} | c.yaml:1:51: apt: 'sources_list' has no source; write lines like 'deb $MIRROR $RELEASE main', or fields as in sources.list(5)",
                "apt: {sources: {a: 7}} | c.yaml:1:20: apt source 'a' must be a mapping, not an integer; give it 'source:' or 'key:'",
                "apt: {sources: {a: {}}} | c.yaml:1:20: apt source 'a': it has neither a source nor a key; add 'source:' or 'key:'",
                "apt: {sources: {a: {sourc: x}}} | c.yaml:1:21: apt source 'a': unknown key 'sourc'; did you mean 'source'?",
                "apt: {sources: {a: {source: 'ppa:x/y'}}} | c.yaml:1:29: apt source 'a': add-apt-repository would ask Launchpad what 'ppa:x/y' is, and a guest reaches nothing but this host; write the line and the key that it stands for",
                "apt: {sources: {a: {keyid: F430BBA5, keyserver: k}}} | c.yaml:1:28: apt source 'a': a keyserver would be asked for the key, and a guest reaches nothing but this host; give the key itself as 'key:'",
                "apt: {sources: {a: {keyid: nothex}}} | c.yaml:1:28: apt source 'a': 'nothex' is no id of a key; write its fingerprint",
                "apt: {sources: {a: {key: none}}} | c.yaml:1:26: apt source 'a': 'key' is no public key that can be read; write what 'gpg --export --armor' prints",
                "apt: {preferences: [{package: a, pin: b, pin-priority: high}]} | c.yaml:1:56: apt: preference: 'pin-priority' must be a whole number, not 'high'",
                "apt: {preferences: [{package: a, pin: b}]} | c.yaml:1:21: apt: preference: 'pin-priority' is missing; add 'pin-priority:'",
                "apt: {debconf_selections: {a: 'two words'}} | c.yaml:1:31: debconf_selections: a line needs a package, a question, a type and an answer; see debconf-set-selections(1)",
                "{apt: {debconf_selections: {a: 'a b string c'}}, debconf_selections: {a: 'a b string c'}} | c.yaml:1:70: configuration: 'debconf_selections' is the older form of the key in 'apt'; keep one of them",
                "{apt: {proxy: 'http://a'}, apt_proxy: 'http://b'} | c.yaml:1:39: configuration: 'apt_proxy' is the older form of 'proxy' in 'apt'; keep one of them",
                "{apt: {preserve_sources_list: true}, apt_mirrors: {ubuntu_archive: 'http://a'}} | c.yaml:1:51: configuration: 'apt_mirrors' changes the sources that 'preserve_sources_list: true' preserves; remove one of them",
                "apt: {proxy: 'http://u:s3cret@h \"x'} | c.yaml:1:14: apt: 'http://(secret)@h \"x' is not a proxy's address; write http://HOST:PORT",
            })
    void saysWhatIsWrong(String yaml, String expected) {
        read(yaml);
        assertThat(messages()).contains(expected);
    }

    @Test
    void everythingIsSaidAtOnce() {
        read("""
                apt:
                  primary: [{uri: 7}]
                  sources: {a: {}, b: {source: 'deb $X y z'}}
                  preferences: [{}]
                  colour: red
                """);
        assertThat(messages()).hasSizeGreaterThan(6);
    }

    @Test
    void whatOnlyACurtinCouldFetchIsLeftToIt() {
        Problems left = Problems.ofInstallerThatReadsTheFile();
        AptReader.read(new MapReader(
                ConfigFiles.parse("c.yaml", "apt: {sources: {a: {source: 'ppa:x/y', keyid: F430BBA5}}}", left),
                "c",
                left));
        assertThat(left.all()).isEmpty();
        assertThat(left.warnings()).hasSize(2);
    }
}
