package dev.vmtest.check;

import dev.vmtest.apt.AptConfig;
import dev.vmtest.apt.AptPreference;
import dev.vmtest.apt.AptProxy;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.digest.Sha256;
import dev.vmtest.facts.AptFacts;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.CollectScripts;
import dev.vmtest.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Check what the section {@code apt} asks for, and the older keys beside it. */
final class AptChecks {

    private static final String CONF = "apt: conf";

    private final AptConfig apt;

    AptChecks(AptConfig apt) {
        this.apt = apt;
    }

    /** Return the checks, and none where the section only says that all stays as the image has it. */
    static List<Check> of(@Nullable AptConfig apt) {
        return apt == null || apt.changesNothing() ? List.of() : new AptChecks(apt).list();
    }

    /** Return the script that the checks need. */
    static Optional<CollectScript> script(@Nullable AptConfig apt) {
        return of(apt).isEmpty() ? Optional.empty() : Optional.of(CollectScripts.apt());
    }

    private List<Check> list() {
        List<Check> checks = new ArrayList<>();
        checks.add(
                apt.preservesSources()
                        ? Check.of("apt: sources preserved", apt.preservesLocation(), AptChecks::preserved)
                        : Check.of("apt: sources kept by cloud-init", apt.preservesLocation(), AptChecks::kept));
        checks.addAll(new AptSourceChecks(apt).list());
        Placed<String> conf = apt.conf();
        if (conf != null) {
            checks.add(Check.of(CONF, conf.location(), facts -> conf(facts, conf.value())));
        }
        for (AptProxy proxy : effective()) {
            checks.add(Check.of("apt proxy: " + proxy.scheme(), proxy.location(), facts -> proxy(facts, proxy)));
        }
        for (AptPreference preference : apt.preferences()) {
            checks.add(Check.of(
                    "apt preference: " + preference.packages() + " from " + preference.pin(),
                    preference.location(),
                    facts -> preference(facts, preference)));
        }
        checks.addAll(DebconfChecks.of(apt.debconf()));
        return checks;
    }

    /** Of two proxies for one scheme the later counts. */
    private Stream<AptProxy> last(String scheme) {
        return apt.proxies().stream()
                .filter(proxy -> proxy.scheme().equals(scheme))
                .reduce((first, last) -> last)
                .stream();
    }

    private List<AptProxy> effective() {
        return Stream.of("http", "https", "ftp").flatMap(this::last).toList();
    }

    private static Outcome preserved(Facts facts) {
        AptFacts apt = facts.apt();
        List<String> traces = Stream.of(AptConfig.SOURCES_LIST + AptConfig.ORIGINAL, AptConfig.PRESERVED_FILE)
                .filter(path -> apt.file(path).isPresent())
                .toList();
        return traces.isEmpty()
                ? Outcome.passed("the installer has left the image's sources alone")
                : Outcome.failed("the image's sources should be preserved, but the installer has left " + traces);
    }

    private static Outcome kept(Facts facts) {
        boolean hasCloudInit = Stream.of("cloud-init", "cloud-init-base")
                .map(name -> facts.packages().get(name))
                .anyMatch(found -> found != null && found.installed());
        if (!hasCloudInit) {
            return Outcome.passed("there is no cloud-init that would write the sources anew");
        }
        Optional<AptFacts.SettingsFile> file = facts.apt().file(AptConfig.PRESERVED_FILE);
        if (file.isEmpty()) {
            return Outcome.failed(
                    "cloud-init should be told to keep the sources, but there is no " + AptConfig.PRESERVED_FILE);
        }
        MapValue said = ConfigFiles.parse(AptConfig.PRESERVED_FILE, file.get().text(), new Problems());
        boolean keeps = said.get(AptConfig.KEY) instanceof MapValue section
                && section.get("preserve_sources_list") instanceof ScalarValue flag
                && Boolean.TRUE.equals(flag.value());
        return keeps
                ? Outcome.passed("cloud-init is told to keep the sources")
                : Outcome.failed(AptConfig.PRESERVED_FILE + " does not say 'apt: {preserve_sources_list: true}'");
    }

    private static Outcome conf(Facts facts, String text) {
        Optional<AptFacts.SettingsFile> file = facts.apt().file(AptConfig.CONF_FILE);
        if (file.isEmpty()) {
            return Outcome.failed("there is no " + AptConfig.CONF_FILE);
        }
        return file.get().digest().equals(Sha256.of(text))
                ? Outcome.passed(AptConfig.CONF_FILE + " says what was asked for")
                : Outcome.failed(
                        AptConfig.CONF_FILE + " says something else than what was asked for",
                        file.get().text());
    }

    private static Outcome proxy(Facts facts, AptProxy proxy) {
        Optional<AptFacts.AptProxySetting> found = facts.apt().proxy(proxy.scheme());
        if (found.isEmpty()) {
            return Outcome.failed("apt has no proxy for " + proxy.scheme() + ", but should have " + proxy.address());
        }
        if (found.get().digest().equals(Sha256.of(proxy.address().reveal()))) {
            return Outcome.passed("apt's proxy for " + proxy.scheme() + " is " + proxy.address());
        }
        boolean looksRight = found.get().shown().equals(proxy.address().toString());
        return Outcome.failed("apt's proxy for " + proxy.scheme() + " should be " + proxy.address() + " but is "
                + (looksRight ? "it with another name or password" : found.get().shown()));
    }

    private static Outcome preference(Facts facts, AptPreference preference) {
        Optional<AptFacts.SettingsFile> file = facts.apt().file(AptPreference.FILE);
        if (file.isEmpty()) {
            return Outcome.failed("there is no " + AptPreference.FILE);
        }
        List<Map<String, String>> records = AptPreference.records(file.get().text());
        return records.stream().anyMatch(preference::isSaidBy)
                ? Outcome.passed(AptPreference.FILE + " says it with priority " + preference.priority())
                : Outcome.failed(
                        AptPreference.FILE + " does not say it with priority " + preference.priority(),
                        file.get().text());
    }
}
