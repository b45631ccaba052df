package dev.vmtest.check;

import dev.vmtest.apt.AptConfig;
import dev.vmtest.apt.AptMirror;
import dev.vmtest.apt.AptSource;
import dev.vmtest.apt.AptVariables;
import dev.vmtest.apt.PublicKeys;
import dev.vmtest.apt.ReleaseSources;
import dev.vmtest.apt.SourceEntry;
import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.facts.AptFacts;
import dev.vmtest.facts.Facts;
import dev.vmtest.secret.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Check where the installed system has packages from, and whose signatures it trusts. */
final class AptSourceChecks {

    private final AptConfig apt;

    AptSourceChecks(AptConfig apt) {
        this.apt = apt;
    }

    List<Check> list() {
        List<Check> checks = new ArrayList<>();
        apt.primary().forEach(mirror -> checks.add(mirror(mirror, false)));
        apt.security().forEach(mirror -> checks.add(mirror(mirror, true)));
        if (!apt.preservesSources()) {
            releaseSources(checks);
        }
        apt.sources().forEach(source -> source(checks, source));
        return checks;
    }

    private void releaseSources(List<Check> checks) {
        ScalarValue template = apt.sourcesList();
        if (template == null) {
            checks.add(Check.of("apt: sources changed", apt.preservesLocation(), this::changed));
        } else {
            for (Placed<SourceEntry> written : lines(template)) {
                checks.add(Check.of(
                        "apt sources_list: " + written.value(),
                        written.location(),
                        facts -> written(facts, written.value())));
            }
            checks.add(Check.of("apt sources_list: no other", template.location(), this::noOther));
        }
        for (Placed<String> suite : apt.disabledSuites()) {
            checks.add(
                    Check.of("apt: no suite " + suite.value(), suite.location(), facts -> suite(facts, suite.value())));
        }
        for (Placed<String> component : apt.disabledComponents()) {
            checks.add(Check.of(
                    "apt: no component " + component.value(),
                    component.location(),
                    facts -> component(facts, component.value())));
        }
    }

    /** The entries of a template with the lines on which they stand; those of paragraphs stand at its beginning. */
    private static List<Placed<SourceEntry>> lines(ScalarValue template) {
        List<Placed<SourceEntry>> lines = new ArrayList<>();
        if (SourceEntry.isParagraphs(template.text())) {
            SourceEntry.active(template.text()).forEach(entry -> lines.add(new Placed<>(template.location(), entry)));
            return lines;
        }
        int at = 0;
        for (String line : template.text().split("\n", -1)) {
            Location place = line.isBlank() ? template.location() : template.location(at);
            SourceEntry.active(line).forEach(entry -> lines.add(new Placed<>(place, entry)));
            at += line.length() + 1;
        }
        return lines;
    }

    private void source(List<Check> checks, AptSource source) {
        String name = "apt source " + source.name() + ": ";
        Placed<String> written = source.source();
        if (written != null) {
            checks.add(
                    Check.of(name + "entries", written.location(), facts -> entries(facts, source, written.value())));
        }
        Placed<String> key = source.key();
        if (key != null) {
            checks.add(Check.of(name + "key", key.location(), facts -> key(facts, source, key.value())));
        }
        Placed<String> id = source.keyId();
        if (id != null) {
            checks.add(Check.of(name + "keyid", id.location(), facts -> keyId(facts, id.value())));
        }
    }

    private Check mirror(AptMirror mirror, boolean security) {
        String name = "apt: " + (security ? "security" : "primary") + " mirror for " + mirror.arches();
        return Check.of(name, mirror.location(), facts -> mirror(facts, mirror, security));
    }

    private Outcome mirror(Facts facts, AptMirror mirror, boolean security) {
        AptFacts found = facts.apt();
        List<AptMirror> all = security ? apt.security() : apt.primary();
        boolean isChosen =
                AptMirror.of(all, found.architecture()).filter(mirror::equals).isPresent();
        List<SourceEntry> entries = everySource(facts);
        if (!isChosen) {
            List<String> used = Stream.concat(Stream.ofNullable(mirror.uri()), mirror.search().stream())
                    .filter(address ->
                            isUsed(entries, address) && !candidates(facts).contains(address))
                    .toList();
            return used.isEmpty()
                    ? Outcome.passed("it is not for " + found.architecture() + ", and no source has it")
                    : Outcome.failed(
                            used + " should not be used on " + found.architecture() + " but is", texts(entries));
        }
        if (mirror.candidates().stream().anyMatch(address -> isUsed(entries, address))) {
            return Outcome.passed("sources have the mirror");
        }
        return isNamed(facts, security)
                ? Outcome.failed("no source has one of " + hidden(mirror.candidates()), texts(entries))
                : Outcome.passed("nothing in the sources that were there is replaced by a mirror");
    }

    /** Return whether something in the sources stands for the mirror. */
    private boolean isNamed(Facts facts, boolean security) {
        Stream<String> texts = Stream.concat(
                Stream.ofNullable(apt.sourcesList()).map(ScalarValue::text),
                apt.sources().stream()
                        .map(AptSource::source)
                        .flatMap(Stream::ofNullable)
                        .map(Placed::value));
        if (texts.anyMatch(text -> AptVariables.namesMirror(text, security))) {
            return true;
        }
        String archive = ReleaseSources.archive(facts.apt().architecture(), security);
        return !apt.preservesSources()
                && apt.sourcesList() == null
                && SourceEntry.active(original(facts).orElse("")).stream()
                        .anyMatch(entry -> entry.uri().equals(archive));
    }

    private List<String> candidates(Facts facts) {
        return Stream.of(apt.primary(), apt.security())
                .flatMap(mirrors -> AptMirror.of(mirrors, facts.apt().architecture()).stream())
                .flatMap(mirror -> mirror.candidates().stream())
                .toList();
    }

    private static boolean isUsed(List<SourceEntry> entries, String address) {
        String bare = Credentials.hideIn(address).replaceFirst("/+$", "");
        return entries.stream().anyMatch(entry -> entry.uri().equals(bare));
    }

    private Outcome written(Facts facts, SourceEntry entry) {
        List<SourceEntry> wanted = sources(facts).enabled(rendered(facts, entry));
        List<SourceEntry> found = releaseEntries(facts);
        if (wanted.isEmpty()) {
            return Outcome.passed("it is switched off");
        }
        return wanted.stream().allMatch(each -> each.isIn(found))
                ? Outcome.passed(file(facts) + " has " + texts(wanted))
                : Outcome.failed(file(facts) + " lacks " + texts(wanted), texts(found));
    }

    private Outcome noOther(Facts facts) {
        ScalarValue template = apt.sourcesList();
        List<SourceEntry> wanted = new ArrayList<>();
        SourceEntry.active(template == null ? "" : template.text())
                .forEach(entry -> wanted.addAll(sources(facts).enabled(rendered(facts, entry))));
        return sameOrMore(facts, wanted);
    }

    private Outcome sameOrMore(Facts facts, List<SourceEntry> wanted) {
        List<SourceEntry> others = ReleaseSources.beyond(releaseEntries(facts), wanted).stream()
                .filter(entry -> !isSwitchedOff(facts, entry))
                .toList();
        return others.isEmpty()
                ? Outcome.passed(file(facts) + " has no other source")
                : Outcome.failed(file(facts) + " has other sources: " + texts(others));
    }

    /** What should be switched off and is not, its own check says. */
    private boolean isSwitchedOff(Facts facts, SourceEntry entry) {
        return sources(facts).enabled(entry).stream().noneMatch(left -> left.equals(entry));
    }

    private Outcome changed(Facts facts) {
        Optional<String> original = original(facts);
        if (original.isEmpty()) {
            return isParagraphs(facts)
                    ? Outcome.passed(file(facts) + " was made of another file, which is gone")
                    : Outcome.failed("the installer should keep the image's sources as " + file(facts)
                            + AptConfig.ORIGINAL + ", but there is none");
        }
        List<SourceEntry> wanted =
                sources(facts).ofFile(original.get(), facts.apt().architecture());
        List<SourceEntry> missing = ReleaseSources.beyond(wanted, releaseEntries(facts));
        return missing.isEmpty()
                ? sameOrMore(facts, wanted)
                : Outcome.failed(file(facts) + " lacks " + texts(missing), texts(releaseEntries(facts)));
    }

    private Outcome suite(Facts facts, String word) {
        String suite = variables(facts).suite(word);
        List<SourceEntry> left = releaseEntries(facts).stream()
                .filter(entry -> entry.suite().equals(suite))
                .toList();
        return left.isEmpty()
                ? Outcome.passed(file(facts) + " has no source of " + suite)
                : Outcome.failed(suite + " should be switched off but is in use: " + texts(left));
    }

    private Outcome component(Facts facts, String component) {
        List<SourceEntry> left = releaseEntries(facts).stream()
                .filter(entry -> entry.components().contains(component))
                .toList();
        return left.isEmpty()
                ? Outcome.passed(file(facts) + " has no source of " + component)
                : Outcome.failed(component + " should be switched off but is in use: " + texts(left));
    }

    private Outcome entries(Facts facts, AptSource source, String written) {
        String path = source.file(isParagraphs(facts));
        Optional<AptFacts.SettingsFile> file = facts.apt().file(path);
        if (file.isEmpty()) {
            return Outcome.failed("there is no " + path);
        }
        String text = written.strip().equals("proposed")
                ? "deb $MIRROR $RELEASE-proposed main restricted universe multiverse"
                : written;
        List<SourceEntry> wanted =
                SourceEntry.active(Credentials.hideIn(variables(facts).in(text)));
        List<SourceEntry> found = SourceEntry.active(file.get().text());
        List<SourceEntry> missing = ReleaseSources.beyond(wanted, found);
        return missing.isEmpty()
                ? Outcome.passed(path + " has " + texts(wanted))
                : Outcome.failed(path + " lacks " + texts(missing), file.get().text());
    }

    private static Outcome key(Facts facts, AptSource source, String key) {
        String path = source.keyFile();
        String binary = path.replaceFirst("asc$", "gpg");
        List<String> found = Stream.of(path, binary)
                .flatMap(each -> facts.apt().keyring(each).stream())
                .flatMap(bytes -> PublicKeys.fingerprints(bytes).stream())
                .toList();
        List<String> wanted = PublicKeys.fingerprints(key);
        if (found.isEmpty()) {
            return Outcome.failed("there is no key in " + path);
        }
        return !wanted.isEmpty() && found.containsAll(wanted)
                ? Outcome.passed(path + " has the key " + wanted.get(0))
                : Outcome.failed(path + " should have the key " + wanted + " but has " + found);
    }

    private static Outcome keyId(Facts facts, String id) {
        List<String> all = facts.apt().keyrings().stream()
                .flatMap(path -> facts.apt().keyring(path).stream())
                .flatMap(bytes -> PublicKeys.fingerprints(bytes).stream())
                .toList();
        return PublicKeys.contains(all, id)
                ? Outcome.passed("apt trusts the key " + id)
                : Outcome.failed("apt trusts no key " + id + "; it trusts " + all);
    }

    private SourceEntry rendered(Facts facts, SourceEntry entry) {
        AptVariables variables = variables(facts);
        return new SourceEntry(
                entry.type(),
                Credentials.hideIn(variables.in(entry.uri())),
                variables.in(entry.suite()),
                entry.components());
    }

    private ReleaseSources sources(Facts facts) {
        return new ReleaseSources(variables(facts), values(apt.disabledSuites()), values(apt.disabledComponents()));
    }

    private static List<String> values(List<Placed<String>> placed) {
        return placed.stream().map(Placed::value).toList();
    }

    /** Which of several mirrors had an address, only the sources say; without a primary one all are the default ones. */
    private AptVariables variables(Facts facts) {
        String architecture = facts.apt().architecture();
        String release = facts.osRelease().getOrDefault("VERSION_CODENAME", "");
        Optional<String> primary = used(facts, apt.primary(), architecture);
        if (primary.isEmpty()) {
            return new AptVariables(
                    release,
                    ReleaseSources.archive(architecture, false) + "/",
                    ReleaseSources.archive(architecture, true) + "/");
        }
        return new AptVariables(
                release,
                primary.get(),
                used(facts, apt.security(), architecture).orElse(primary.get()));
    }

    private static Optional<String> used(Facts facts, List<AptMirror> mirrors, String architecture) {
        List<String> candidates =
                AptMirror.of(mirrors, architecture).map(AptMirror::candidates).orElse(List.of());
        List<SourceEntry> entries = everySource(facts);
        return candidates.stream()
                .filter(address -> isUsed(entries, address))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private static List<SourceEntry> everySource(Facts facts) {
        return facts.apt().files().entrySet().stream()
                .filter(file -> file.getKey().matches("/etc/apt/sources\\.list(\\.d/.*\\.(list|sources))?"))
                .map(Map.Entry::getValue)
                .flatMap(file -> SourceEntry.active(file.text()).stream())
                .toList();
    }

    private static boolean isParagraphs(Facts facts) {
        Map<String, String> release = facts.osRelease();
        String major = release.getOrDefault("VERSION_ID", "").replaceFirst("\\..*", "");
        return "ubuntu".equals(release.get("ID")) && major.matches("[0-9]{2,3}") && Integer.parseInt(major) >= 24;
    }

    private static String file(Facts facts) {
        return isParagraphs(facts) ? AptConfig.UBUNTU_SOURCES : AptConfig.SOURCES_LIST;
    }

    private static List<SourceEntry> releaseEntries(Facts facts) {
        return facts.apt()
                .file(file(facts))
                .map(found -> SourceEntry.active(found.text()))
                .orElseThrow(() -> new AbsentException("there is no " + file(facts)));
    }

    private static Optional<String> original(Facts facts) {
        return facts.apt().file(file(facts) + AptConfig.ORIGINAL).map(AptFacts.SettingsFile::text);
    }

    private static String texts(List<SourceEntry> entries) {
        return entries.stream().map(SourceEntry::toString).collect(Collectors.joining("; "));
    }

    private static List<String> hidden(List<String> addresses) {
        return addresses.stream().map(Credentials::hideIn).toList();
    }
}
