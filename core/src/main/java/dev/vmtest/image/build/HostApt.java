package dev.vmtest.image.build;

import dev.vmtest.image.ImageException;
import dev.vmtest.process.Command;
import dev.vmtest.process.FileTree;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.release.DebianRelease;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Know where this host gets Debian from: its apt's sources and how its apt reaches them. No mirror is named anywhere
 * else.
 */
public final class HostApt {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern DUMPED = Pattern.compile("(?<key>[^\\s\"]+) \"(?<value>.*)\";");
    /** How archives are reached and trusted: proxies, credentials' transport, and the dates of a frozen mirror. */
    private static final Pattern PASSED_ON = Pattern.compile(
            "Acquire::(https?|Check-Valid-Until|Check-Date|Max-ValidTime|Retries|AllowInsecureRepositories"
                    + "|AllowWeakRepositories|ForceIPv4|ForceIPv6)(::.*)?",
            Pattern.CASE_INSENSITIVE);

    private static final List<String> ROLLING = List.of("stable", "oldstable", "testing");
    private static final List<String> POCKETS = List.of("", "-updates", "-security");

    private final List<AptSource> sources;
    private final List<String> options;

    HostApt(List<AptSource> sources, List<String> options) {
        this.sources = List.copyOf(sources);
        this.options = List.copyOf(options);
    }

    /**
     * Read the configuration of this host's apt.
     *
     * @throws ImageException if apt or its files cannot be read
     */
    public static HostApt read(Processes processes) throws ImageException {
        try {
            String dump = processes
                    .run(Command.of("apt-config", "dump"), TIMEOUT)
                    .requireSuccess()
                    .stdout();
            String origins = processes
                    .run(
                            Command.of(
                                    "apt-get",
                                    "indextargets",
                                    "--format",
                                    "$(CREATED_BY)\t$(REPO_URI)\t$(RELEASE)\t$(ORIGIN)"),
                            TIMEOUT)
                    .requireSuccess()
                    .stdout();
            return of(dump, origins);
        } catch (ProcessException failed) {
            throw new ImageException(
                    "this host's apt cannot be asked for its mirror: " + failed.problem(),
                    "an image is built from Debian packages with the host's apt configuration",
                    failed);
        } catch (IOException unreadable) {
            throw new ImageException(
                    "this host's apt sources cannot be read: " + PlainTrouble.of(unreadable),
                    "check the permissions below /etc/apt",
                    unreadable);
        }
    }

    static HostApt of(String dump, String origins) throws IOException {
        Map<String, String> values = new HashMap<>();
        Set<String> options = new LinkedHashSet<>();
        for (String line : dump.lines().toList()) {
            Matcher matcher = DUMPED.matcher(line);
            if (matcher.matches()) {
                values.put(matcher.group("key"), matcher.group("value"));
                if (PASSED_ON.matcher(matcher.group("key")).matches()
                        && !matcher.group("value").isEmpty()) {
                    options.add(line);
                }
            }
        }
        Path etc = Path.of(values.getOrDefault("Dir", "/")).resolve(values.getOrDefault("Dir::Etc", "etc/apt"));
        List<AptSource> sources = new ArrayList<>();
        Path list = etc.resolve(values.getOrDefault("Dir::Etc::sourcelist", "sources.list"));
        if (Files.isRegularFile(list)) {
            sources.addAll(AptSourcesReader.oneLine(Files.readString(list)));
        }
        Path parts = etc.resolve(values.getOrDefault("Dir::Etc::sourceparts", "sources.list.d"));
        if (Files.isDirectory(parts)) {
            for (Path file : FileTree.children(parts)) {
                if (file.toString().endsWith(".list")) {
                    sources.addAll(AptSourcesReader.oneLine(Files.readString(file)));
                } else if (file.toString().endsWith(".sources")) {
                    sources.addAll(AptSourcesReader.deb822(Files.readString(file)));
                }
            }
        }
        Map<String, String> known = new HashMap<>();
        for (String line : origins.lines().toList()) {
            String[] fields = line.split("\t", -1);
            if (fields.length == 4) {
                known.put(fields[1].replaceFirst("/+$", "") + " " + fields[2], fields[3]);
            }
        }
        // A source whose Release file apt has and which calls itself something else is a third party's.
        sources.removeIf(source -> !known.getOrDefault(source.uri() + " " + source.suite(), "Debian")
                .equals("Debian"));
        return new HostApt(sources, List.copyOf(options));
    }

    /** Return apt's options, as lines of an apt.conf, that say how archives are reached: proxies and the like. */
    List<String> options() {
        return options;
    }

    /**
     * Return the sources of a release with its updates and security fixes: the host's own lines for it if there are any,
     * else the host's Debian lines for another release, applied to this one.
     *
     * @throws ImageException if the host has no Debian mirror
     */
    List<AptSource> sourcesOf(DebianRelease release) throws ImageException {
        List<AptSource> own = pockets(release.codename(), release);
        if (!own.isEmpty()) {
            return own;
        }
        List<String> others = new ArrayList<>();
        for (DebianRelease other : DebianRelease.values()) {
            others.add(other.codename());
        }
        others.addAll(ROLLING);
        for (String other : others) {
            List<AptSource> translated = pockets(other, release);
            if (!translated.isEmpty()) {
                return translated;
            }
        }
        throw new ImageException(
                "this host's apt has no source of Debian " + release.codename() + " with the component main",
                "add a line \"deb MIRROR " + release.codename()
                        + " main\" to a file in /etc/apt/sources.list.d and run apt-get update");
    }

    /** Return the sources of a base suite under the release's name, or nothing if the base suite itself is not there. */
    private List<AptSource> pockets(String base, DebianRelease release) {
        List<AptSource> found = new ArrayList<>();
        for (String pocket : POCKETS) {
            for (AptSource source : sources) {
                if (source.suite().equals(base + pocket) && source.components().contains("main")) {
                    AptSource renamed = source.withSuite(release.codename() + pocket);
                    AptSource main = new AptSource(
                            renamed.uri(), renamed.suite(), List.of("main"), renamed.signedBy(), renamed.options());
                    if (found.stream().noneMatch(other -> other.line().equals(main.line()))) {
                        found.add(main);
                    }
                }
            }
            if (pocket.isEmpty() && found.isEmpty()) {
                return List.of();
            }
        }
        return found;
    }

    /** Return the first source's address, for messages. */
    static Optional<String> mirror(List<AptSource> sources) {
        return sources.stream().map(AptSource::uri).findFirst();
    }
}
