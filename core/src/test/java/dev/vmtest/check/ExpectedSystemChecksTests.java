package dev.vmtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.CollectScript;
import dev.vmtest.installconfig.InstallConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedSystemChecksTests {

    private static final InstallConfig CONFIG = FakeSystem.config("""
            vmtest:
              expect:
                hostname: box
                timezone: Europe/London
                packages: [bash]
                users:
                  - {name: one, password: $6$x, groups: [audio], authorized_keys: [ssh-ed25519 AAAA one@host]}
                  - {name: two, locked: true}
            """);

    /** {@code printf %s '$6$x' | sha256sum}. */
    private static final String DIGEST = "a49a0fe69ae8ad7b5019e700dcb420db7eab8054961ad3d808ddded0e97650b5";

    @TempDir
    private Path directory;

    @Test
    void aSystemThatIsAsExpectedPasses() {
        assertThat(failures(system())).isEmpty();
        assertThat(DerivedChecks.derive(CONFIG, FakeSystem.TARGET))
                .filteredOn(check -> check.name().startsWith("user one"))
                .hasSize(4)
                .allMatch(check -> check.source().endsWith(":7:16"));
    }

    @ParameterizedTest
    @CsvSource({
        "hostname, localhost, host name",
        "zone, /usr/share/zoneinfo/Etc/UTC, time zone",
        "one.passwd, '', user one: exists",
        "one.digest, 0123, user one: password",
        "one.groups, one sudo, user one: group audio",
        "one.keys, ssh-ed25519 BBBB one@host, user one: authorized keys",
        "two.state, set, user two: locked",
        "two.passwd, twofold:x:1001:, user two: exists"
    })
    void aSystemThatIsNotFails(String file, String content, String check) {
        assertThat(failures(system().write("expected-system/" + file, content + "\n")))
                .containsExactly(check);
    }

    @Test
    void aPackageThatIsNotInstalledFails() {
        InstallConfig other = FakeSystem.config("vmtest: {expect: {packages: [no-such-package]}}\n");

        assertThat(system().failures(other, FakeSystem.TARGET)).contains("package no-such-package");
    }

    @Test
    void theHashIsNeitherCollectedNorShown() {
        List<CollectScript> scripts = DerivedChecks.extraCollectScripts(CONFIG);
        FakeSystem wrong = system().write("expected-system/one.digest", "0123\n");

        assertThat(scripts)
                .filteredOn(script -> script.name().equals("expected-system"))
                .singleElement()
                .satisfies(script -> assertThat(script.text())
                        .contains("for user in 'one' 'two'")
                        .doesNotContain("$6$x"));
        assertThat(wrong.results(CONFIG, FakeSystem.TARGET))
                .allSatisfy(result -> assertThat(result.toString()).doesNotContain("$6$x"));
    }

    @Test
    void nothingExpectedCollectsNothing() {
        assertThat(DerivedChecks.extraCollectScripts(FakeSystem.config("{}\n")))
                .extracting(CollectScript::name)
                .doesNotContain("expected-system");
    }

    @Test
    void aPrivateFileThatDiffersIsNotShown() {
        InstallConfig secret =
                FakeSystem.config("write_files: {s: {path: /s, content: expected, permissions: '0600'}}\n");
        FakeSystem system = system().write("expected-files/listing", "0\t600\troot:root\t5\n")
                .write("expected-files/0", "other");

        assertThat(system.results(secret, FakeSystem.TARGET))
                .filteredOn(result -> result.name().equals("write_files s: content"))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.verdict()).isEqualTo(CheckVerdict.FAILED);
                    assertThat(result.toString()).doesNotContain("other");
                });
    }

    private List<String> failures(FakeSystem system) {
        return system.failures(CONFIG, FakeSystem.TARGET).stream()
                .filter(name -> name.matches("(user|package|host|time) .*"))
                .toList();
    }

    private FakeSystem system() {
        return FakeSystem.in(directory)
                .write("expected-system/hostname", "box\n")
                .write("expected-system/zone", "/usr/share/zoneinfo/Europe/London\n")
                .write("expected-system/one.passwd", "one:x:1000:1000::/home/one:/bin/bash\n")
                .write("expected-system/one.groups", "one audio\n")
                .write("expected-system/one.state", "set\n")
                .write("expected-system/one.digest", DIGEST + "\n")
                .write("expected-system/one.keys", "ssh-ed25519 AAAA one@host\n")
                .write("expected-system/two.passwd", "two:x:1001:1001::/home/two:/bin/sh\n")
                .write("expected-system/two.state", "locked\n");
    }
}
