package dev.vmtest.report;

import dev.vmtest.secret.KnownSecrets;
import dev.vmtest.secret.SecretsFile;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Say what is different in what two runs of one test have kept: what was asked for, the plan of the install, packages, other
 * facts, and the console. What is not kept of both is not compared. All of it is bounded, and guests may have named and
 * written what they like.
 */
final class KeptDifference {

    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_FILES = 1_000;
    private static final int SHOWN = 12;
    private static final int LONGEST = 160;

    private static final int MOST_BYTES_OF_A_FACT = 256 << 10;
    private static final int SHORTEST = 8;

    private static final String COLLECTED = "collect";
    private static final String PACKAGES = "debian-packages.txt";
    private static final String PLAN = "install/payload";

    /** What is another after every install (two runs of one test compared): it holds times, UUIDs or counters. */
    private static final Set<String> CHANGING_FACTS = Set.of(
            "blkid.out",
            "cloud-init-output.log",
            "cloud-init.log",
            "collect-status.txt",
            "find_boot.out",
            "ifconfig_a",
            "ip_a",
            "journal.txt",
            "ls_al_byid",
            "ls_al_bypartuuid",
            "ls_al_bypath",
            "ls_al_byuuid",
            "proc_cmdline",
            "symlinks.txt",
            "vmtest-nonce");

    /** The address below which a run serves files to its guests and takes their reports. */
    private static final Pattern SERVER = Pattern.compile("http://[0-9.]+:[0-9]+/[0-9a-f]{32}/");

    /** What no two boots say alike: times, numbers of processes, addresses in memory. */
    private static final Pattern CHANGING = Pattern.compile("0x[0-9a-fA-F]+|[0-9]+");

    private final Path then;
    private final Path now;
    private final Optional<KnownSecrets> secretsThen;
    private final Optional<KnownSecrets> secretsNow;
    private final List<String> changes = new ArrayList<>();

    private KeptDifference(Path then, Path now) {
        this.then = then;
        this.now = now;
        this.secretsThen = SecretsFile.read(SecretsFile.in(then));
        this.secretsNow = SecretsFile.read(SecretsFile.in(now));
    }

    /**
     * Return what is different, a sentence for each.
     *
     * @param then the directory of the test when it passed
     * @param now its directory in the run that is reported
     * @param log the console in which it went wrong, relative to the directory, or empty
     */
    static List<String> between(Path then, Path now, String log) {
        KeptDifference difference = new KeptDifference(then, now);
        difference.asked();
        difference.plan();
        difference.packages();
        difference.facts();
        if (!log.isEmpty()) {
            difference.console(log);
        }
        return List.copyOf(difference.changes);
    }

    private void asked() {
        Map<String, List<String>> before = AskedText.Reader.kept(then.resolve(ReportFiles.ASKED));
        Map<String, List<String>> after = AskedText.Reader.kept(now.resolve(ReportFiles.ASKED));
        if (!before.isEmpty() && !after.isEmpty()) {
            lines(
                    "what was asked for is another",
                    before.values().stream().flatMap(List::stream).toList(),
                    after.values().stream().flatMap(List::stream).toList());
        }
    }

    /** The plan holds what is secret, so its lines are not shown; where it reports to is another in each run. */
    private void plan() {
        Optional<byte[]> before = read(then.resolve(PLAN));
        Optional<byte[]> after = read(now.resolve(PLAN));
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        Set<String> known = new HashSet<>();
        lines(before.get()).forEach(line -> known.add(withoutServer(line)));
        long others = lines(after.get()).stream()
                .filter(line -> !known.contains(withoutServer(line)))
                .count();
        if (others > 0) {
            changes.add("the plan of the install is another: " + ResultText.count((int) others, "line") + " of " + PLAN
                    + " did not stand there then");
        }
    }

    private static String withoutServer(String line) {
        return SERVER.matcher(line).replaceAll("");
    }

    private void packages() {
        Map<String, String> before = packages(then);
        Map<String, String> after = packages(now);
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        List<String> found = new ArrayList<>();
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        for (String name : all) {
            String old = before.get(name);
            String current = after.get(name);
            if (old == null) {
                found.add("+ " + name + " " + current);
            } else if (current == null) {
                found.add("- " + name + " " + old);
            } else if (!old.equals(current)) {
                found.add(name + " " + old + " → " + current);
            }
        }
        add("other packages are installed", found);
    }

    private static Map<String, String> packages(Path directory) {
        Map<String, String> packages = new TreeMap<>();
        read(directory.resolve(COLLECTED).resolve(PACKAGES)).map(KeptDifference::lines).orElse(List.of()).stream()
                .map(line -> line.split("\t", -1))
                .filter(parts -> parts.length == 3)
                .forEach(parts -> packages.put(parts[1], parts[2]));
        return packages;
    }

    private void facts() {
        Map<String, byte[]> before = collected(then);
        Map<String, byte[]> after = collected(now);
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        List<String> found = new ArrayList<>();
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        for (String name : all) {
            byte[] old = before.get(name);
            byte[] current = after.get(name);
            if (old == null || current == null) {
                found.add(old == null ? "+ " + name : "- " + name);
            } else if (!Arrays.equals(old, current)) {
                found.add(name + firstOther(lines(old), lines(current)));
            }
        }
        add("other facts were collected", found);
    }

    /** Where it is not known what is secret, no line is shown. */
    private String firstOther(List<String> before, List<String> after) {
        if (secretsNow.isEmpty()) {
            return "";
        }
        Set<String> known = new HashSet<>(before);
        return after.stream()
                .filter(line -> !line.isBlank() && !known.contains(line))
                .findFirst()
                .map(line -> ": " + line.strip())
                .orElse("");
    }

    private static Map<String, byte[]> collected(Path directory) {
        Map<String, byte[]> found = new TreeMap<>();
        Path collected = directory.resolve(COLLECTED);
        if (!Files.isDirectory(collected, LinkOption.NOFOLLOW_LINKS)) {
            return found;
        }
        long left = MOST_BYTES;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(collected)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (found.size() >= MOST_FILES || name.equals(PACKAGES) || CHANGING_FACTS.contains(name)) {
                    continue;
                }
                Optional<byte[]> content = read(entry).filter(bytes -> bytes.length <= MOST_BYTES_OF_A_FACT);
                if (content.isPresent() && content.get().length <= left) {
                    left -= content.get().length;
                    found.put(name, content.get());
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Map.of();
        }
        return found;
    }

    /** Show the first lines of the console that had nothing like them when the test passed. */
    private void console(String log) {
        if (secretsNow.isEmpty() || secretsThen.isEmpty()) {
            return;
        }
        List<String> before = read(then.resolve(log)).map(KeptDifference::lines).orElse(List.of());
        Set<String> known = new HashSet<>();
        before.forEach(line -> known.add(withoutNumbers(line)));
        if (before.isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        List<String> found = new ArrayList<>();
        for (String line : read(now.resolve(log)).map(KeptDifference::lines).orElse(List.of())) {
            String plain = withoutNumbers(line);
            if (plain.chars().filter(Character::isLetter).count() >= SHORTEST
                    && !known.contains(plain)
                    && seen.add(plain)) {
                found.add(ConsoleExcerpt.shown(line).strip());
            }
        }
        add("the console says what it did not say then (" + log + ")", found);
    }

    private static String withoutNumbers(String line) {
        return CHANGING.matcher(ConsoleExcerpt.shown(line)).replaceAll("#").strip();
    }

    private void lines(String what, List<String> before, List<String> after) {
        Set<String> known = new HashSet<>(before);
        Set<String> kept = new HashSet<>(after);
        List<String> found = new ArrayList<>();
        before.stream().filter(line -> !kept.contains(line)).forEach(line -> found.add("- " + line.strip()));
        after.stream().filter(line -> !known.contains(line)).forEach(line -> found.add("+ " + line.strip()));
        if (found.isEmpty() && !before.equals(after)) {
            found.add("its lines are in another order");
        }
        add(what, found);
    }

    private void add(String what, List<String> found) {
        if (found.isEmpty()) {
            return;
        }
        List<String> shown = found.stream()
                .limit(SHOWN)
                .map(line -> Printable.cut(Printable.line(withoutSecrets(line)), LONGEST))
                .toList();
        changes.add(what + ": " + String.join("; ", shown)
                + (found.size() > SHOWN ? "; and " + (found.size() - SHOWN) + " more" : ""));
    }

    private String withoutSecrets(String line) {
        return secretsThen
                .orElse(KnownSecrets.NONE)
                .hideIn(secretsNow.orElse(KnownSecrets.NONE).hideIn(line));
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }

    /** Return a file of vmtest's or of the guest's, through no link and not endless. */
    private static Optional<byte[]> read(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = stream.readNBytes(MOST_BYTES + 1);
            return content.length > MOST_BYTES ? Optional.empty() : Optional.of(content);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
