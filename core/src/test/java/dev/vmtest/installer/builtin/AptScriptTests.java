package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run what a section {@code apt} is planned as, on a directory that stands for the target, under dash. */
class AptScriptTests {

    /** What needs a target that can be entered: its own dpkg, its own apt. */
    private static final String STAND_INS = """
            set -eu
            say() { printf '%s\\n' "$*"; }
            die() { say "$*"; exit 1; }
            at() { :; }
            chroot() {
                case "$2 ${3-}" in
                    'sh -c') echo bookworm ;;
                    'dpkg --print-architecture') echo amd64 ;;
                    'dpkg-query '*) echo installed ;;
                    *) echo "in target: $2 ${3-} ${4-}" >>"$work/called"; cat >>"$work/called" ;;
                esac
            }
            getent() { [ "$2" != good.test ] || echo found; [ "$2" = good.test ]; }
            """;

    @TempDir
    private Path directory;

    private Path target = Path.of("unset");

    @BeforeEach
    void makeTarget() throws Exception {
        Files.createDirectories(directory.resolve("target/etc/apt/sources.list.d"));
        target = directory.resolve("target/etc");
        Files.createDirectories(directory.resolve("work"));
    }

    /** Write the steps of the curthooks stage as shell, and run them. */
    private String run(String yaml) throws Exception {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        problems.throwIfAny();
        ScriptWriter script = new ScriptWriter();
        new AptPlanner(Objects.requireNonNull(config.apt()))
                .plan()
                .forEach(step -> step.step().write(script));
        return shell(script.text());
    }

    private String shell(String commands) throws Exception {
        Path library = Path.of(
                Objects.requireNonNull(InstallPlan.class.getResource("apt.sh")).toURI());
        Path script = Files.writeString(
                directory.resolve("script"),
                STAND_INS + "target=" + directory.resolve("target") + " work=" + directory.resolve("work") + "\n. "
                        + library.resolveSibling("target.sh") + "\n. " + library + "\n" + commands);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Completed ended = processes.run(Command.of("dash", script.toString()), Duration.ofSeconds(30));
            return ended.requireSuccess().stdout();
        }
    }

    private String written(String name) throws Exception {
        return Files.readString(target.resolve(name));
    }

    @Test
    void aTemplateGetsItsValues() throws Exception {
        run("""
                apt:
                  preserve_sources_list: false
                  primary:
                    - {arches: ['*'], uri: 'http://decoy/'}
                    - {arches: [default], search: ['http://bad.test/a', 'http://u:pw@good.test:80/a']}
                    - {arches: [], uri: 'http://decoy/'}
                  security: [{arches: [arm64, amd64], uri: 'http://s/b'}, {arches: [default], uri: 'http://decoy/'}]
                  sources_list: |
                    # of $RELEASE
                    deb [arch=amd64] ${MIRROR} $RELEASE main contrib
                    deb $PRIMARY $RELEASE-updates main # why
                    deb $SECURITY $RELEASE-security contrib
                  disable_suites: [updates]
                  disable_components: [contrib]
                """);

        assertThat(written("apt/sources.list")).isEqualTo("""
                # of $RELEASE
                # deb [arch=amd64] http://u:pw@good.test:80/a bookworm main contrib
                deb [arch=amd64] http://u:pw@good.test:80/a bookworm main
                # deb http://u:pw@good.test:80/a bookworm-updates main # why
                # deb http://s/b bookworm-security contrib
                """);
        assertThat(written("cloud/cloud.cfg.d/curtin-preserve-sources.cfg")).contains("preserve_sources_list: true");
    }

    @Test
    void whatIsShownHasNoPasswords() throws Exception {
        Files.writeString(target.resolve("apt/sources.list"), "");
        assertThat(run("""
                apt:
                  preserve_sources_list: false
                  primary: [{arches: [default], uri: 'http://u:s3cret@h/a'}]
                  sources: {own: {source: 'deb $MIRROR $RELEASE own'}}
                """)).contains("http://(secret)@h/a").doesNotContain("s3cret");
    }

    @Test
    void aFileThatIsThereGetsTheMirrorsInPlaceOfUbuntusArchives() throws Exception {
        String before = """
                deb http://archive.ubuntu.com/ubuntu bookworm main universe
                deb http://archive.ubuntu.com/ubuntu/ bookworm-updates main
                deb http://security.ubuntu.com/ubuntu bookworm-security main
                deb http://archive.example/debian bookworm main
                """;
        Files.writeString(target.resolve("apt/sources.list"), before);
        run("""
                apt:
                  preserve_sources_list: false
                  primary: [{arches: [default], uri: 'http://m/u'}]
                  disable_suites: [$RELEASE-updates]
                """);

        assertThat(written("apt/sources.list")).isEqualTo("""
                deb http://m/u bookworm main universe
                # deb http://m/u bookworm-updates main
                deb http://m/u bookworm-security main
                deb http://archive.example/debian bookworm main
                """);
        assertThat(written("apt/sources.list.curtin.orig")).isEqualTo(before);
    }

    @Test
    void sourcesSettingsAndAnswersAreWritten() throws Exception {
        Files.createDirectories(target.resolve("apt/apt.conf.d"));
        Files.writeString(target.resolve("apt/apt.conf.d/90curtin-aptproxy"), "of another install\n");
        run("""
                apt:
                  sources:
                    own: {source: "deb $MIRROR $RELEASE own"}
                    more: {source: "deb http://b c d", filename: own.list}
                  conf: 'Acquire::Retries "3";'
                  preferences:
                    - {package: a, pin: version *, pin-priority: -1}
                    - {package: b, pin: release n=x, pin-priority: 900}
                  debconf_selections: {b: "p p/second string x", a: "cloud-init cloud-init/datasources multiselect NoCloud\\n"}
                """);

        assertThat(written("apt/sources.list.d/own.list"))
                .isEqualTo("deb http://archive.ubuntu.com/ubuntu/ bookworm own\ndeb http://b c d\n");
        assertThat(written("apt/apt.conf.d/94curtin-config")).isEqualTo("Acquire::Retries \"3\";");
        assertThat(target.resolve("apt/apt.conf.d/90curtin-aptproxy")).doesNotExist();
        assertThat(written("apt/preferences.d/90curtin.pref")).isEqualTo("""
                Package: a
                Pin: version *
                Pin-Priority: -1

                Package: b
                Pin: release n=x
                Pin-Priority: 900
                """);
        assertThat(directory.resolve("work/called"))
                .content()
                .contains("debconf-set-selections")
                .contains("cloud-init cloud-init/datasources multiselect NoCloud\np p/second string x\n")
                .contains("dpkg-reconfigure --frontend=noninteractive cloud-init")
                .contains("apt-get --quiet");
    }

    /** The command of a configuration has its own reader of YAML, in the guest: it must ask for the same. */
    @Test
    void theStandInForCurtinAsksForTheSameSteps() throws Exception {
        String yaml = """
                apt:
                  preserve_sources_list: false
                  primary: [{arches: [amd64, i386], uri: 'http://a/b'}, {arches: [default], search: ['http://c/', 'http://d/']}]
                  security: [{arches: [default], uri: 'http://s/b'}]
                  sources_list: |
                    deb $MIRROR $RELEASE 'main'
                  disable_suites: [updates]
                  disable_components: [contrib]
                  sources:
                    own: {source: 'deb $MIRROR $RELEASE own', key: REPOSITORY_KEY}
                    new: {source: proposed, filename: /etc/apt/sources.list.d/x.y.list}
                  conf: 'Acquire::Retries "3";'
                  preferences: [{package: a, pin: version *, pin-priority: -1}]
                  debconf_selections: {a: "cloud-init cloud-init/datasources multiselect NoCloud\\n"}
                  https_proxy: http://p:3128
                """;
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        problems.throwIfAny();
        ScriptWriter script = new ScriptWriter();
        new AptPlanner(Objects.requireNonNull(config.apt()))
                .plan()
                .forEach(step -> step.step().write(script));

        assertThat(words(steps(yaml).requireSuccess().stdout())).isEqualTo(words(script.text()));
    }

    @Test
    void theStandInIgnoresNothing() throws Exception {
        for (String yaml : List.of(
                "apt: {sorces: {}}",
                "apt: {sources: {a: {sourc: x}}}",
                "apt: {sources: {a: {keyid: F430BBA5}}}",
                "apt: {sources: {a: {source: 'ppa:x/y'}}}")) {
            assertThat(steps(yaml).exitStatus()).as(yaml).isEqualTo(1);
        }
        assertThat(steps("other: {}").requireSuccess().stdout()).contains("nothing is done");
    }

    private Completed steps(String yaml) throws Exception {
        Path reader = Path.of(Objects.requireNonNull(InstallPlan.class.getResource("apt-steps"))
                .toURI());
        Path file = Files.writeString(directory.resolve("c.yaml"), yaml);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes.run(
                    Command.of("/usr/bin/python3", reader.toString(), file.toString()), Duration.ofSeconds(30));
        }
    }

    /** Have a shell take the calls apart: which quotes stand around a word is nobody's business. */
    private List<String> words(String calls) throws Exception {
        String functions = "";
        for (String name : List.of(
                "begin_mirrors",
                "offer_mirror",
                "choose_mirrors",
                "write_sources_list",
                "keep_sources",
                "remove_file",
                "put_file",
                "add_source",
                "fetch_lists",
                "in_target",
                "reconfigure_cloud_init")) {
            functions += name + "() { printf '<%s>' " + name + " \"$@\"; case " + name
                    + " in put_file|add_source|write_sources_list|in_target) cat ;; esac; echo; }\n";
        }
        Path script = Files.writeString(directory.resolve("words"), functions + calls);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes
                    .run(Command.of("dash", script.toString()), Duration.ofSeconds(30))
                    .requireSuccess()
                    .stdout()
                    .lines()
                    .toList();
        }
    }
}
