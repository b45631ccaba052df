package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.InstallConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold the checks of package sources, each failing on a system that is wrong in one way, and no other one with it. */
class AptChecksTests {

    private static final String SOURCES = "facts/apt/file-1";
    private static final String UPDATES = "facts/apt/file-3";
    private static final String PREFERENCES = "facts/apt/file-9";
    private static final String KEPT = "facts/apt/file-10";
    private static final String PRIMARY = "apt: primary mirror for [default]";

    @TempDir
    private Path directory;

    private static List<Check> checks(String yaml) {
        InstallConfig config = FakeSystem.config(yaml);
        return DerivedChecks.derive(config, FakeSystem.TARGET).stream()
                .filter(check -> check.name().startsWith("apt") || check.name().startsWith("debconf"))
                .toList();
    }

    private static String layout() {
        return FakeSystem.layout("apt.yaml");
    }

    private static Map<String, CheckVerdict> verdicts(FakeSystem system) {
        Map<String, CheckVerdict> verdicts = new TreeMap<>();
        Check.holdAll(checks(layout()), system.facts()).forEach(each -> verdicts.put(each.name(), each.verdict()));
        return verdicts;
    }

    private static Set<String> failures(FakeSystem system) {
        return verdicts(system).entrySet().stream()
                .filter(each -> each.getValue() == CheckVerdict.FAILED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    static Stream<Mutation> mutations() {
        return Stream.of(
                mutation(
                        "the file of the image came back",
                        system -> system.removeLines(SOURCES, "bookworm contrib"),
                        "apt sources_list: deb $PRIMARY $RELEASE contrib"),
                mutation(
                        "no source of sources",
                        system -> system.removeLines(SOURCES, "deb-src"),
                        "apt sources_list: deb-src $PRIMARY $RELEASE main"),
                mutation(
                        "a source more",
                        system -> system.append(SOURCES, "deb http://mirror.test/more bookworm main\n"),
                        "apt sources_list: no other"),
                mutation(
                        "security from the primary mirror",
                        system -> system.replace(SOURCES, "/security bookworm", "/archive bookworm"),
                        "apt: security mirror for [default]",
                        "apt sources_list: deb $SECURITY $RELEASE-security main",
                        "apt sources_list: no other"),
                mutation(
                        "a suite that was to be off",
                        system -> system.append(SOURCES, "deb http://mirror.test/x bookworm-backports main\n"),
                        "apt: no suite backports"),
                mutation(
                        "a component that was to be off",
                        system -> system.replace(
                                SOURCES, "archive bookworm contrib", "archive bookworm contrib non-free"),
                        "apt: no component non-free"),
                mutation(
                        "another architecture's mirror",
                        system -> system.append(UPDATES, source(system, "/archive", "/other") + " odd main\n"),
                        "apt: primary mirror for [arm64]"),
                mutation(
                        "cloud-init was not told",
                        system -> system.removeLines("facts/apt/files", "curtin-preserve-sources.cfg"),
                        "apt: sources kept by cloud-init"),
                mutation(
                        "cloud-init was told the contrary",
                        system -> system.replace(KEPT, "true", "false"),
                        "apt: sources kept by cloud-init"),
                mutation(
                        "another key",
                        system -> system.exchange("facts/apt/keys/3", "facts/apt/keys/10"),
                        "apt source run-key: key"),
                mutation(
                        "no key at all",
                        system -> system.removeLines("facts/apt/keyrings", "run-key"),
                        "apt source run-key: key",
                        "apt source run-key: keyid"),
                mutation(
                        "a source of its own without a component",
                        system -> system.replace(UPDATES, " contrib", ""),
                        "apt source my-updates.list: entries"),
                mutation(
                        "a source of its own in another file",
                        system -> system.replace("facts/apt/files", "my-updates.list", "my-updates"),
                        "apt source my-updates.list: entries"),
                mutation(
                        "other settings",
                        system -> system.replaceInLine("facts/apt/files", "94curtin-config", "43418a09", "43418a0a"),
                        "apt: conf"),
                mutation(
                        "another priority",
                        system -> system.replace(PREFERENCES, "990", "99"),
                        "apt preference: vmtest-proof from release l=vmtest"),
                mutation(
                        "another proxy",
                        system -> system.replace("facts/apt/proxies", "http\t", "ftp\t"),
                        "apt proxy: http"),
                mutation(
                        "another password for the proxy",
                        system -> system.write("facts/apt/proxies", "http\t0123\thttp://(secret)@10.0.2.2:3128\n"),
                        "apt proxy: http"),
                mutation(
                        "another answer",
                        system -> system.replace("facts/apt/debconf", "Value: high", "Value: low"),
                        "debconf debconf/priority"),
                mutation(
                        "an answer of another package",
                        system -> system.replaceInLine(
                                "facts/apt/debconf", "Owners: debconf", "Owners: debconf", "Owners: other"),
                        "debconf debconf/priority"),
                mutation(
                        "a question that counts as asked",
                        system -> system.replace("facts/apt/debconf", "Value: high", "Value: high\nFlags: seen"),
                        "debconf debconf/priority: seen"),
                mutation(
                        "another password",
                        system -> system.write("facts/apt/debconf-passwords", "vmtest-proof/password\t0123\n"),
                        "debconf vmtest-proof/password"),
                mutation(
                        "no password",
                        system -> system.write("facts/apt/debconf-passwords", ""),
                        "debconf vmtest-proof/password"));
    }

    /** The address of a source with another end. */
    private static String source(FakeSystem system, String end, String other) {
        String line = system.facts().lines(SOURCES).get(1);
        return line.substring(0, line.indexOf(end)) + other;
    }

    @Test
    void everyCheckPassesOnTheSystemThatWasAskedFor() {
        assertThat(verdicts(FakeSystem.apt(directory)))
                .hasSizeGreaterThan(18)
                .containsEntry(PRIMARY, CheckVerdict.PASSED)
                .allSatisfy((name, verdict) -> assertThat(verdict).as(name).isEqualTo(CheckVerdict.PASSED));
    }

    @Test
    void noCheckPassesOnNothing() {
        Facts facts = Facts.read(directory.resolve("absent"));
        assertThat(checks(layout()))
                .allSatisfy(check ->
                        assertThat(check.hold(facts).verdict()).as(check.name()).isEqualTo(CheckVerdict.FAILED));
    }

    @Test
    void everyCheckNamesItsLine() {
        assertThat(checks(layout()))
                .allSatisfy(check -> assertThat(check.source()).matches("layout\\.yaml:\\d+:\\d+"))
                .extracting(Check::toString)
                .contains("apt sources_list: deb $SECURITY $RELEASE-security main (layout.yaml:13:5)");
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void everyMutationFailsExactlyItsChecks(Mutation mutation) {
        FakeSystem system = FakeSystem.apt(directory);
        mutation.change().accept(system);

        assertThat(failures(system)).containsExactlyInAnyOrderElementsOf(mutation.caughtBy());
    }

    @Test
    void everyCheckIsCaughtFailingByTheTable() {
        Set<String> proven =
                mutations().flatMap(each -> each.caughtBy().stream()).collect(Collectors.toSet());
        // The first line is that of the primary mirror: without it nothing has that address.
        assertThat(checks(layout()))
                .extracting(Check::name)
                .filteredOn(name -> !name.equals(PRIMARY) && !name.endsWith("$RELEASE main"))
                .filteredOn(name -> !name.contains("-backports"))
                .allMatch(proven::contains);
    }

    @Test
    void noPasswordIsInAResult() {
        FakeSystem system = FakeSystem.apt(directory)
                .write("facts/apt/debconf-passwords", "vmtest-proof/password\t0123\n")
                .write("facts/apt/proxies", "http\t0123\thttp://(secret)@10.0.2.2:3128\n");

        assertThat(Check.holdAll(checks(layout()), system.facts()))
                .extracting(CheckResult::toString)
                .noneMatch(text -> text.contains("an-answer-0f-mine") || text.contains("a-passw0rd"));
    }

    @Test
    void aSystemWhoseSourcesWereToStayIsWrongOnceTheyWereChanged() {
        String yaml = "apt: {conf: 'Acquire::Retries \"3\";'}\n";
        FakeSystem system = FakeSystem.apt(directory);
        assertThat(Check.holdAll(checks(yaml), system.facts()))
                .filteredOn(result -> !result.passed())
                .extracting(CheckResult::name)
                .contains("apt: sources preserved");
        system.removeLines("facts/apt/files", "curtin.orig").removeLines("facts/apt/files", "curtin-preserve");
        assertThat(Check.holdAll(checks(yaml), system.facts()))
                .filteredOn(result -> result.name().equals("apt: sources preserved"))
                .allMatch(CheckResult::passed);
    }

    @Test
    void whatChangesNothingHasNoCheckAndIsNotAskedFor() {
        String yaml = "apt: {preserve_sources_list: true}\n";
        assertThat(checks(yaml)).isEmpty();
        assertThat(DerivedChecks.extraCollectScripts(FakeSystem.config(yaml))).isEmpty();
        assertThat(DerivedChecks.extraCollectScripts(FakeSystem.config(layout())))
                .extracting(script -> script.name())
                .contains("apt");
    }
}
