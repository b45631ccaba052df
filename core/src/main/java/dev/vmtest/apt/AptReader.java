package dev.vmtest.apt;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.secret.Credentials;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Read the section {@code apt} and the older keys beside it: curtin's documentation, "APT source". */
public final class AptReader {

    private static final String MIRRORS = "apt_mirrors";
    private static final String PROXY = "apt_proxy";
    private static final String DEBCONF = "debconf_selections";
    private static final String PRESERVE = "preserve_sources_list";

    /** The keys at the top that belong here. */
    private static final List<String> KEYS = List.of(AptConfig.KEY, MIRRORS, PROXY, DEBCONF);

    private static final Map<String, String> SCHEMES =
            Map.of("proxy", "http", "http_proxy", "http", "https_proxy", "https", "ftp_proxy", "ftp");

    private final MapReader root;
    private final MapReader section;
    private final Problems problems;

    private AptReader(MapReader root) {
        this.root = root;
        this.section = root.section(AptConfig.KEY);
        this.problems = root.problems();
    }

    /** Return what the configuration says about apt, or null if it says nothing. */
    public static @Nullable AptConfig read(MapReader root) {
        AptConfig config = new AptReader(root).read();
        return KEYS.stream().anyMatch(root::has) ? config : null;
    }

    private AptConfig read() {
        List<AptMirror> primary = new ArrayList<>(mirrors("primary"));
        List<AptMirror> security = new ArrayList<>(mirrors("security"));
        boolean preserves = section.bool(PRESERVE, true);
        boolean hasOldMirrors = oldMirrors(primary, security, preserves);
        if (primary.isEmpty() && !security.isEmpty()) {
            section.problem(
                    "security",
                    "'security' is not read without 'primary': all mirrors are then the release's own",
                    "add 'primary:'");
        }
        AptConfig config = new AptConfig(
                location(),
                preserves && !hasOldMirrors,
                section.has(PRESERVE) ? section.source().locationOf(PRESERVE) : location(),
                primary,
                security,
                template(),
                listed("disable_suites"),
                components(),
                sources(),
                placed(section, "conf"),
                preferences(),
                debconf(),
                proxies());
        if (config.preservesSources()) {
            warnOfUnread();
        }
        section.refuseUnknown();
        return config;
    }

    private Location location() {
        return KEYS.stream()
                .filter(root::has)
                .findFirst()
                .map(key -> root.source().locationOf(key))
                .orElse(root.source().location());
    }

    /** What changes the release's own sources does nothing where they stay as they are; sources may still name a mirror. */
    private void warnOfUnread() {
        for (String key : List.of("sources_list", "disable_suites", "disable_components")) {
            if (section.has(key)) {
                problems.warn(
                        section.at(key),
                        section.subject() + ": '" + key + "' changes nothing: the image's own sources are preserved",
                        "add '" + PRESERVE + ": false', or take it out");
            }
        }
    }

    private List<AptMirror> mirrors(String key) {
        List<AptMirror> mirrors = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (MapValue item : section.maps(key)) {
            MapReader reader = section.within(item, "apt: " + key);
            if (!reader.has("arches")) {
                reader.missing("arches");
            }
            List<String> arches = reader.texts("arches");
            String uri = reader.filledText("uri");
            List<String> search = reader.texts("search");
            addresses(uri, search)
                    .filter(address -> !address.matches("[a-zA-Z][a-zA-Z0-9+.-]*:[^\\s*?\\[\\]]+"))
                    .forEach(address -> reader.problem(
                            address.equals(uri) ? "uri" : "search",
                            "'" + Credentials.hideIn(address) + "' is no address of a mirror",
                            "write it like http://HOST/PATH"));
            if (uri == null && search.isEmpty()) {
                reader.problem("uri", "nothing says where the mirror is", "add 'uri:' or 'search:'");
            }
            if (uri != null && !search.isEmpty()) {
                reader.problem("search", "'search' is not read beside 'uri'", "keep one of them");
            }
            if (reader.has("search_dns")) {
                reader.problem(
                        "search_dns",
                        "'search_dns' is cloud-init's: no installer asks the DNS for mirrors",
                        "write 'search:' with addresses");
            }
            arches.stream()
                    .filter(arch -> !named.add(arch) && !arch.equals(AptMirror.DEFAULT))
                    .forEach(arch -> reader.problem(
                            "arches", "'" + arch + "' has a mirror already, and the first one counts", "keep one"));
            reader.refuseUnknown();
            mirrors.add(new AptMirror(item.location(), arches, uri, search));
        }
        return mirrors;
    }

    private static Stream<String> addresses(@Nullable String uri, List<String> search) {
        return Stream.concat(Stream.ofNullable(uri), search.stream()).filter(address -> !address.contains("PUBURL"));
    }

    /** The older form, from which curtin makes the newer one; it means that the image's sources are not preserved. */
    private boolean oldMirrors(List<AptMirror> primary, List<AptMirror> security, boolean preserves) {
        MapReader old = root.section(MIRRORS);
        String archive = old.filledText("ubuntu_archive");
        String secure = old.filledText("ubuntu_security");
        old.refuseUnknown();
        if (archive == null && secure == null) {
            return false;
        }
        if (!primary.isEmpty() || !security.isEmpty()) {
            root.problem(MIRRORS, "'" + MIRRORS + "' is the older form of 'primary' and 'security'", "keep one form");
        }
        if (section.has(PRESERVE) && preserves) {
            root.problem(
                    MIRRORS,
                    "'" + MIRRORS + "' changes the sources that '" + PRESERVE + ": true' preserves",
                    "remove one of them");
        }
        if (archive == null) {
            old.missing("ubuntu_archive");
        }
        primary.add(new AptMirror(old.at("ubuntu_archive"), List.of(AptMirror.DEFAULT), archive, List.of()));
        if (secure != null) {
            security.add(new AptMirror(old.at("ubuntu_security"), List.of(AptMirror.DEFAULT), secure, List.of()));
        }
        return true;
    }

    private @Nullable ScalarValue template() {
        String text = section.filledText("sources_list");
        if (text == null || !(section.value("sources_list") instanceof ScalarValue scalar)) {
            return null;
        }
        refuseUnknownVariables(section, scalar);
        if (SourceEntry.active(text).isEmpty()) {
            section.problem(
                    "sources_list",
                    "'sources_list' has no source",
                    "write lines like 'deb $MIRROR $RELEASE main', or fields as in sources.list(5)");
        }
        return scalar;
    }

    private void refuseUnknownVariables(MapReader reader, ScalarValue scalar) {
        AptVariables.unknown(scalar.text())
                .forEach(variable -> problems.add(
                        scalar.location(variable.index()),
                        reader.subject() + ": '$" + variable.name() + "' stands for nothing",
                        "known are $" + String.join(", $", AptVariables.NAMES)));
    }

    /** A single text is refused: curtin would take its letters for the items. */
    private List<Placed<String>> listed(String key) {
        return section.texts(key).isEmpty() ? List.of() : section.placedTexts(key);
    }

    private List<Placed<String>> components() {
        List<Placed<String>> components = listed("disable_components");
        components.stream()
                .filter(component -> AptConfig.staysEnabled(component.value()))
                .forEach(component -> problems.add(
                        component.location(),
                        section.subject() + ": the component '" + component.value() + "' is never disabled",
                        "take it out"));
        return components;
    }

    private List<AptSource> sources() {
        List<AptSource> sources = new ArrayList<>();
        MapValue map = section.map("sources");
        if (map != null) {
            map.entries().forEach((name, entry) -> {
                if (entry.value() instanceof MapValue source) {
                    sources.add(source(name, section.within(source, "apt source '" + name + "'")));
                } else {
                    problems.add(
                            entry.value().location(),
                            "apt source '" + name + "' must be a mapping, not "
                                    + entry.value().describe(),
                            "give it 'source:' or 'key:'");
                }
            });
        }
        return sources;
    }

    private AptSource source(String name, MapReader reader) {
        Placed<String> source = placed(reader, "source");
        Placed<String> key = placed(reader, "key");
        Placed<String> id = placed(reader, "keyid");
        Placed<String> server = placed(reader, "keyserver");
        AptSource read =
                new AptSource(reader.source().location(), name, source, key, id, server, reader.filledText("filename"));
        reader.refuseUnknown();
        if (source == null && key == null && id == null) {
            reader.problem("source", "it has neither a source nor a key", "add 'source:' or 'key:'");
        }
        if (source != null) {
            checkSource(reader, source.value());
        }
        checkKeys(reader, read);
        return read;
    }

    private void checkSource(MapReader reader, String source) {
        if (source.matches("(?s)[\\w-]+:\\w.*")) {
            problems.addUnlessLeftToInstaller(
                    reader.at("source"),
                    reader.subject() + ": add-apt-repository would ask Launchpad what '" + firstWord(source)
                            + "' is, and a guest reaches nothing but this host",
                    "write the line and the key that it stands for");
        } else if (!source.equals("proposed") && reader.value("source") instanceof ScalarValue scalar) {
            refuseUnknownVariables(reader, scalar);
            if (SourceEntry.active(source).isEmpty()) {
                reader.problem(
                        "source",
                        "'source' names no package source",
                        "write a line like 'deb $MIRROR $RELEASE main', or fields as in sources.list(5)");
            }
        }
    }

    private void checkKeys(MapReader reader, AptSource source) {
        Placed<String> key = source.key();
        Placed<String> id = source.keyId();
        if (id != null && !id.value().matches("(0[xX])?[0-9A-Fa-f\\s]{8,60}") && !OwnRepository.isToken(id.value())) {
            reader.problem("keyid", "'" + id.value() + "' is no id of a key", "write its fingerprint");
        } else if (id != null && key == null) {
            problems.addUnlessLeftToInstaller(
                    id.location(),
                    reader.subject() + ": a keyserver would be asked for the key, and a guest reaches nothing but this"
                            + " host",
                    "give the key itself as 'key:'");
        }
        if (source.keyServer() != null && (id == null || key != null)) {
            reader.problem("keyserver", "'keyserver' is not read: nothing is to be fetched from it", "take it out");
        }
        if (key != null && !OwnRepository.isToken(key.value())) {
            List<String> prints = PublicKeys.fingerprints(key.value());
            if (prints.isEmpty()) {
                reader.problem(
                        "key", "'key' is no public key that can be read", "write what 'gpg --export --armor' prints");
            } else if (id != null && !PublicKeys.contains(prints, id.value()) && !OwnRepository.isToken(id.value())) {
                reader.problem("keyid", "'key' is another key than this one", "keep one of them");
            }
        }
    }

    private static String firstWord(String text) {
        return text.strip().split("\\s+", 2)[0];
    }

    private List<AptPreference> preferences() {
        List<AptPreference> preferences = new ArrayList<>();
        for (MapValue item : section.maps("preferences")) {
            MapReader reader = section.within(item, "apt: preference");
            String packages = reader.requiredText("package");
            String pin = reader.requiredText("pin");
            String priority = reader.written("pin-priority");
            if (priority == null) {
                reader.missing("pin-priority");
            } else if (!priority.matches("-?[0-9]{1,5}")) {
                reader.problem("pin-priority", "'pin-priority' must be a whole number, not '" + priority + "'", "");
            }
            reader.refuseUnknown();
            preferences.add(new AptPreference(item.location(), packages, pin, priority == null ? "" : priority));
        }
        return preferences;
    }

    private List<DebconfAnswers> debconf() {
        if (section.has(DEBCONF) && root.has(DEBCONF)) {
            root.problem(DEBCONF, "'" + DEBCONF + "' is the older form of the key in 'apt'", "keep one of them");
        }
        List<DebconfAnswers> sets = new ArrayList<>(debconf(root));
        sets.addAll(debconf(section));
        return sets;
    }

    private List<DebconfAnswers> debconf(MapReader reader) {
        List<DebconfAnswers> sets = new ArrayList<>();
        Map<String, String> texts = new TreeMap<>(reader.textMap(DEBCONF));
        MapValue map = reader.source().get(DEBCONF) instanceof MapValue written ? written : root.source();
        texts.forEach((name, text) -> {
            if (map.get(name) instanceof ScalarValue scalar && !text.isEmpty()) {
                sets.add(new DebconfAnswers(map.locationOf(name), name, new Secret(text), answers(scalar)));
            }
        });
        return sets;
    }

    /** Lines of debconf-set-selections(1): package, question, type, answer; a line may go on after a backslash. */
    private List<DebconfAnswer> answers(ScalarValue scalar) {
        List<DebconfAnswer> answers = new ArrayList<>();
        int at = 0;
        for (String line : scalar.text().split("(?<!\\\\)\n", -1)) {
            String joined = line.replace("\\\n", " ");
            String[] words = joined.strip().split("\\s+", 4);
            Location place = line.isBlank() ? scalar.location() : scalar.location(at);
            at += line.length() + 1;
            if (joined.isBlank() || joined.startsWith("#")) {
                continue;
            }
            if (words.length < 3) {
                problems.add(
                        place,
                        DEBCONF + ": a line needs a package, a question, a type and an answer",
                        "see debconf-set-selections(1)");
            } else {
                answers.add(new DebconfAnswer(
                        place, words[0], words[1], words[2], new Secret(words.length == 4 ? words[3] : "")));
            }
        }
        return answers;
    }

    private List<AptProxy> proxies() {
        List<AptProxy> proxies = new ArrayList<>();
        if (root.has(PROXY) && section.has("proxy")) {
            root.problem(PROXY, "'" + PROXY + "' is the older form of 'proxy' in 'apt'", "keep one of them");
        }
        add(proxies, root, PROXY, "http");
        for (String key : List.of("proxy", "http_proxy", "ftp_proxy", "https_proxy")) {
            add(proxies, section, key, SCHEMES.getOrDefault(key, "http"));
        }
        if (section.has("proxy") && section.has("http_proxy")) {
            section.problem("proxy", "'proxy' is not read beside 'http_proxy', which means the same", "keep one");
        }
        return proxies;
    }

    private static void add(List<AptProxy> proxies, MapReader reader, String key, String scheme) {
        String address = reader.filledText(key);
        if (address == null) {
            return;
        }
        if (address.matches("(?s).*[\"\\s;].*")) {
            reader.problem(
                    key, "'" + Credentials.hideIn(address) + "' is not a proxy's address", "write http://HOST:PORT");
        }
        proxies.add(new AptProxy(
                reader.source().locationOf(key), scheme, Objects.requireNonNull(Secret.ofAddress(address))));
    }

    private static @Nullable Placed<String> placed(MapReader reader, String key) {
        String text = reader.filledText(key);
        return text == null ? null : new Placed<>(reader.at(key), text);
    }
}
