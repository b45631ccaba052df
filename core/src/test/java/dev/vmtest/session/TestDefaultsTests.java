package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.installer.curtin.CurtinChoice;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.ConfigAdditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDefaultsTests {

    private static InstallerChoice choice(String option, Map<String, String> environment) {
        return new SessionOptions(option).choice(Settings.read(environment));
    }

    private static ConfigAdditions additions(Map<String, String> environment) {
        return TestDefaults.of(SessionOptions.DEFAULT, Settings.read(environment))
                .additions();
    }

    @Test
    void theOptionDecidesThenTheVariable() {
        Map<String, String> variable = Map.of("CURTIN_VMTEST_CURTIN_EXE", "/opt/curtin -x");
        Settings settings = Settings.read(variable);

        assertThat(SessionOptions.DEFAULT.choice(Settings.read(Map.of()))).isEqualTo(BuiltinChoice.CHOICE);
        assertThat(SessionOptions.DEFAULT.choice(settings)).isEqualTo(new CurtinChoice("/opt/curtin -x"));
        assertThat(choice("builtin", variable)).isEqualTo(BuiltinChoice.CHOICE);
        assertThat(choice("curtin", variable)).isEqualTo(new CurtinChoice("/opt/curtin -x"));
        assertThat(choice("curtin=other", variable)).isEqualTo(new CurtinChoice("other"));
        assertThat(choice("curtin", Map.of())).isEqualTo(new CurtinChoice("curtin"));
        assertThatThrownBy(() -> choice("yast", variable)).hasMessageContaining("no installer is called 'yast'");
    }

    @Test
    void nothingIsAddedByAnEmptyEnvironment() {
        assertThat(additions(Map.of())).isEqualTo(ConfigAdditions.NONE);
    }

    @Test
    void everyVariableAddsWhatItSays() {
        assertThat(additions(Map.of(
                        "http_proxy",
                        "http://p:1",
                        "https_proxy",
                        "http://p:2",
                        "no_proxy",
                        "a,b",
                        "CURTIN_VMTEST_APT_PROXY",
                        "http://p:3",
                        "CURTIN_VMTEST_EXTRA_CONFIG",
                        "extra.yaml",
                        "CURTIN_VMTEST_ADD_REPOS",
                        "deb http://a/ b c,deb http://d/ e f",
                        "CURTIN_VMTEST_UPGRADE_PACKAGES",
                        "less,nano")))
                .isEqualTo(new ConfigAdditions(
                        "http://p:1",
                        "http://p:2",
                        "a,b",
                        "http://p:3",
                        Path.of("extra.yaml"),
                        List.of("deb http://a/ b c", "deb http://d/ e f"),
                        true,
                        List.of("less", "nano")));
    }

    @Test
    void anUpgradeFollowsAddedSourcesUnlessItIsDecided() {
        assertThat(additions(Map.of("CURTIN_VMTEST_ADD_REPOS", "x")).isUpgraded())
                .isTrue();
        assertThat(additions(Map.of("CURTIN_VMTEST_ADD_REPOS", "x", "CURTIN_VMTEST_SYSTEM_UPGRADE", "0"))
                        .isUpgraded())
                .isFalse();
        assertThat(additions(Map.of("CURTIN_VMTEST_SYSTEM_UPGRADE", "yes")).isUpgraded())
                .isTrue();
    }

    @Test
    void bugsThatTheEnvironmentNamesAreSkipped(@TempDir Path directory) throws IOException {
        Path known = Files.writeString(directory.resolve("known.yaml"), """
                known_issues: [{test: LvmTest, pattern: x, reference: LP 7, expires: 2027-01-31}]
                """);

        assertThat(TestDefaults.of(
                                SessionOptions.DEFAULT,
                                Settings.read(Map.of(
                                        "CURTIN_VMTEST_KNOWN_ISSUES",
                                        known.toString(),
                                        "CURTIN_VMTEST_SKIP_BY_DATE_BUGS",
                                        "3, 7")))
                        .knownIssues()
                        .skipped("LvmTest", "trixie", "builtin", "ifupdown"))
                .isPresent();
    }

    @Test
    void anEmptyAptProxyMeansNone() {
        assertThat(additions(Map.of("CURTIN_VMTEST_APT_PROXY", "")).aptProxy()).isNull();
    }
}
