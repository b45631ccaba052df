package dev.vmtest.session;

import dev.vmtest.image.ImageVariant;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.release.Architecture;
import dev.vmtest.release.ReleaseSupport;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.testcase.ConfigAdditions;
import dev.vmtest.testcase.TestCases;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Say what the environment and the command line want of every test. */
public final class TestDefaults {

    private static final String KNOWN_ISSUES = "examples/known-issues.yaml";

    private TestDefaults() {}

    /** Return the defaults of a run that begins now. */
    public static TestCases.Defaults of(SessionOptions options, Settings settings) {
        return of(options, settings, InstantSource.system());
    }

    /** Return the defaults of a run. */
    static TestCases.Defaults of(SessionOptions options, Settings settings, InstantSource clock) {
        return new TestCases.Defaults(
                options.choice(settings),
                additions(settings),
                knownIssues(settings).skipping(settings.get(SettingsTable.SKIP_BY_DATE_BUGS)),
                settings.find(SettingsTable.NR_CPUS).orElse(0),
                settings.find(SettingsTable.VMRAM).orElse(0),
                settings.get(SettingsTable.BRIDGE),
                Duration.ofSeconds(settings.get(SettingsTable.INSTALL_TIMEOUT)),
                Duration.ofSeconds(settings.get(SettingsTable.BOOT_TIMEOUT)),
                Architecture.host(),
                options.fidelity(settings),
                releaseSupport(settings, clock),
                ImageVariant.of(settings.get(SettingsTable.IMAGE_VARIANT)).renderer());
    }

    /** Return which releases are run: what the environment says, or the dates of the table. */
    public static ReleaseSupport releaseSupport(Settings settings, InstantSource clock) {
        return new ReleaseSupport(
                settings.find(SettingsTable.UNSUPPORTED_UBUNTU),
                settings.find(SettingsTable.DEVEL_UBUNTU),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    private static ConfigAdditions additions(Settings settings) {
        List<String> repositories = settings.get(SettingsTable.ADD_REPOS);
        boolean isUpgraded = switch (settings.get(SettingsTable.SYSTEM_UPGRADE)) {
            case AUTO -> !repositories.isEmpty();
            case YES -> true;
            case NO -> false;
        };
        return new ConfigAdditions(
                settings.find(SettingsTable.HTTP_PROXY).orElse(null),
                settings.find(SettingsTable.HTTPS_PROXY).orElse(null),
                settings.find(SettingsTable.NO_PROXY).orElse(null),
                settings.find(SettingsTable.APT_PROXY)
                        .filter(proxy -> !proxy.isEmpty())
                        .orElse(null),
                settings.find(SettingsTable.EXTRA_CONFIG).orElse(null),
                repositories,
                isUpgraded,
                settings.get(SettingsTable.UPGRADE_PACKAGES));
    }

    /** The suite's own known issues lie on the class path, so that an installed suite needs no source tree. */
    private static KnownIssues knownIssues(Settings settings) {
        Optional<Path> given = settings.find(SettingsTable.KNOWN_ISSUES);
        if (given.isPresent()) {
            return KnownIssues.load(given.get());
        }
        try (InputStream stream = TestDefaults.class.getClassLoader().getResourceAsStream(KNOWN_ISSUES)) {
            return stream == null
                    ? KnownIssues.NONE
                    : KnownIssues.parse(KNOWN_ISSUES, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the suite's known issues", unreadable);
        }
    }
}
