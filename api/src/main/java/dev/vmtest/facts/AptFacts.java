package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hold what the installed system says about its package sources and about debconf's answers; collected only where a
 * configuration asks something of them ({@link CollectScripts#apt}).
 *
 * <p>Immutable. Addresses have no names and passwords in them; answers that are passwords are there as digests.
 */
public final class AptFacts {

    private static final String FILES = "facts/apt/files";
    private static final String KEYRINGS = "facts/apt/keyrings";
    private static final String ARCHITECTURE = "facts/apt/architecture";
    private static final String PROXIES = "facts/apt/proxies";
    private static final String ANSWERS = "facts/apt/debconf";
    private static final String PASSWORDS = "facts/apt/debconf-passwords";

    private final CollectDirectory directory;
    private final Fact<Map<String, SettingsFile>> files;
    private final Fact<Map<String, String>> keyrings;
    private final Fact<Map<String, AptProxySetting>> proxies;
    private final Fact<Map<String, DebconfQuestion>> answers;
    private final Fact<Map<String, String>> passwords;

    /**
     * Hold a file that says something to apt.
     *
     * @param digest SHA-256 of the file, in hexadecimal digits
     * @param text what it says, without names and passwords in addresses
     */
    public record SettingsFile(String digest, String text) {}

    /**
     * Hold the proxy of one scheme as apt understood all of its files.
     *
     * @param digest SHA-256 of its address
     * @param shown its address without the name and the password in it
     */
    public record AptProxySetting(String digest, String shown) {}

    /**
     * Hold what debconf knows of one question.
     *
     * @param value the answer, as debconf writes it: with its escapes
     * @param owners the packages that ask it
     * @param seen whether a person counts as having been asked
     */
    public record DebconfQuestion(String value, List<String> owners, boolean seen) {

        public DebconfQuestion {
            owners = List.copyOf(owners);
        }
    }

    AptFacts(CollectDirectory directory) {
        this.directory = directory;
        files = Fact.read(FILES, () -> readFiles(directory));
        keyrings = Fact.read(KEYRINGS, () -> readKeyrings(directory));
        proxies = Fact.read(PROXIES, () -> readProxies(directory.text(PROXIES)));
        answers = Fact.read(ANSWERS, () -> readAnswers(directory.text(ANSWERS)));
        passwords = Fact.read(PASSWORDS, () -> readPasswords(directory));
    }

    /** Return Debian's name of the architecture. */
    public String architecture() {
        return directory.text(ARCHITECTURE).strip();
    }

    /** Return a file of apt's by its path, or of cloud-init's that speaks of sources; nothing if there is none. */
    public Optional<SettingsFile> file(String path) {
        return Optional.ofNullable(files.get().get(path));
    }

    /** Return all such files by their paths. */
    public Map<String, SettingsFile> files() {
        return files.get();
    }

    /** Return the bytes of a keyring that apt trusts, by its path; nothing if there is none. */
    public Optional<byte[]> keyring(String path) {
        return Optional.ofNullable(keyrings.get().get(path)).map(number -> directory.bytes("facts/apt/keys/" + number));
    }

    /** Return the paths of the keyrings that apt trusts for every source. */
    public List<String> keyrings() {
        return List.copyOf(keyrings.get().keySet());
    }

    /** Return the proxy of a scheme. */
    public Optional<AptProxySetting> proxy(String scheme) {
        return Optional.ofNullable(proxies.get().get(scheme));
    }

    /** Return what debconf knows of a question whose answer is no password. */
    public Optional<DebconfQuestion> question(String name) {
        return Optional.ofNullable(answers.get().get(name));
    }

    /** Return the SHA-256 of the answer to a question whose answer is a password. */
    public Optional<String> passwordDigest(String name) {
        return Optional.ofNullable(passwords.get().get(name));
    }

    private static Map<String, SettingsFile> readFiles(CollectDirectory directory) {
        Map<String, SettingsFile> files = new LinkedHashMap<>();
        for (List<String> line : lines(directory.text(FILES), 3)) {
            files.put(
                    line.get(2),
                    new SettingsFile(line.get(1), directory.text("facts/apt/file-" + number(line.get(0)))));
        }
        return files;
    }

    private static Map<String, String> readKeyrings(CollectDirectory directory) {
        Map<String, String> keyrings = new LinkedHashMap<>();
        lines(directory.text(KEYRINGS), 2).forEach(line -> keyrings.put(line.get(1), number(line.get(0))));
        return keyrings;
    }

    private static String number(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new NotCollectedException("'" + text + "' is no number of a file");
        }
        return text;
    }

    private static Map<String, AptProxySetting> readProxies(String text) {
        Map<String, AptProxySetting> proxies = new LinkedHashMap<>();
        lines(text, 3).forEach(line -> proxies.put(line.get(0), new AptProxySetting(line.get(1), line.get(2))));
        return proxies;
    }

    private static Map<String, String> readPasswords(CollectDirectory directory) {
        Map<String, String> passwords = new LinkedHashMap<>();
        if (directory.has(PASSWORDS)) {
            lines(directory.text(PASSWORDS), 2).forEach(line -> passwords.put(line.get(0), line.get(1)));
        }
        return passwords;
    }

    private static List<List<String>> lines(String text, int fields) {
        List<List<String>> lines = new ArrayList<>();
        text.lines()
                .map(line -> List.of(line.split("\t", fields)))
                .filter(line -> line.size() == fields)
                .forEach(lines::add);
        return lines;
    }

    /** Records of debconf's file database (debconf(7)): fields, one a line, and a blank line after each record. */
    private static Map<String, DebconfQuestion> readAnswers(String text) {
        Map<String, DebconfQuestion> questions = new LinkedHashMap<>();
        Map<String, String> record = new LinkedHashMap<>();
        for (String line : (text + "\n\n").lines().toList()) {
            int colon = line.indexOf(": ");
            if (line.isBlank() && !record.isEmpty()) {
                String owners = record.getOrDefault("Owners", "");
                questions.put(
                        record.getOrDefault("Name", ""),
                        new DebconfQuestion(
                                record.getOrDefault("Value", ""),
                                List.of(owners.split(",\\s*")),
                                List.of(record.getOrDefault("Flags", "").split(",\\s*"))
                                        .contains("seen")));
                record.clear();
            } else if (colon > 0 && !line.startsWith(" ")) {
                record.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return questions;
    }
}
