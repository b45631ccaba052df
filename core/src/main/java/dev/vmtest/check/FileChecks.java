package dev.vmtest.check;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.KeptFile;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.installconfig.WriteFile;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Check files: those that the configuration writes, those it keeps, the saved configuration, the log. */
final class FileChecks {

    private static final String DIRECTORY = "expected-files";
    private static final String LISTING = DIRECTORY + "/listing";

    /** Sections that the harness and the installer add to or rewrite in the saved configuration. */
    private static final Set<String> REWRITTEN =
            Set.of("sources", "install", "reporting", "proxy", "http_proxy", "power_state", "apt_proxy");

    private final InstallConfig config;

    FileChecks(InstallConfig config) {
        this.config = config;
    }

    List<Check> list(Promises promises) {
        List<Check> checks = new ArrayList<>();
        config.writeFiles().forEach(file -> checks.addAll(written("write_files ", file)));
        config.cloudConfigFiles().forEach(file -> checks.addAll(written("cloudconfig ", file)));
        for (KeptFile file : config.vmtest().keptFiles()) {
            checks.add(Check.of(
                    "kept file " + file.path() + ": content",
                    file.location(),
                    facts -> content(facts, file.path(), file.content())));
        }
        String saved = config.install().saveInstallConfig();
        if (saved != null) {
            checks.add(record(promises, "saved install config", facts -> saved(facts, saved)));
        }
        String log = config.install().saveInstallLog();
        if (log != null) {
            checks.add(record(promises, "saved install log", facts -> log(facts, log)));
        }
        return checks;
    }

    private List<Check> written(String section, WriteFile file) {
        String name = section + file.name();
        return List.of(
                Check.of(name + ": content", file.location(), facts -> content(facts, file)),
                Check.of(name + ": permissions", file.location(), facts -> permissions(facts, file)),
                Check.of(name + ": owner", file.location(), facts -> owner(facts, file)));
    }

    private Check record(Promises promises, String name, Function<Facts, Outcome> holds) {
        return promises.records()
                ? Check.of(name, config.install().location(), holds)
                : Check.notJudged(name, config.install().location(), promises.installer() + " leaves no records");
    }

    /** Return the script that copies these files; nothing where the default scripts do it already. */
    Optional<CollectScript> script() {
        Map<String, Integer> files = numbered();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("mkdir -p " + DIRECTORY + "\n");
        files.forEach((path, number) -> {
            String quoted = quote(path);
            text.append("if [ -f ").append(quoted).append(" ]; then\n");
            text.append("    stat -L -c '")
                    .append(number)
                    .append("\t%a\t%U:%G\t%s' ")
                    .append(quoted);
            text.append(" >>").append(LISTING).append('\n');
            text.append("    head -c 4000000 ")
                    .append(quoted)
                    .append(" >")
                    .append(DIRECTORY)
                    .append('/');
            text.append(number).append("\nfi\n");
        });
        text.append(": >>").append(LISTING).append('\n');
        return Optional.of(new CollectScript("expected-files", text.toString()));
    }

    /** Number the paths that no default script copies. */
    private Map<String, Integer> numbered() {
        List<String> paths = new ArrayList<>();
        config.writeFiles().forEach(file -> paths.add(absolute(file.path())));
        config.cloudConfigFiles().forEach(file -> paths.add(file.path()));
        config.vmtest().keptFiles().forEach(file -> paths.add(file.path()));
        for (String path : Arrays.asList(
                config.install().saveInstallConfig(), config.install().saveInstallLog())) {
            if (path != null && !absolute(path).startsWith("/root/")) {
                paths.add(absolute(path));
            }
        }
        Map<String, Integer> numbers = new LinkedHashMap<>();
        paths.forEach(path -> numbers.putIfAbsent(path, numbers.size()));
        return numbers;
    }

    private String collected(String path) {
        String absolute = absolute(path);
        Integer number = numbered().get(absolute);
        return number == null ? absolute.substring(1) : DIRECTORY + "/" + number;
    }

    private String[] status(Facts facts, String path) {
        String number = String.valueOf(numbered().get(absolute(path)));
        return facts.lines(LISTING).stream()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length == 4 && fields[0].equals(number))
                .findFirst()
                .orElseThrow(() -> new AbsentException(path + " does not exist"));
    }

    /** What is there instead may be as secret as what was asked for, so it is not shown. */
    private Outcome content(Facts facts, WriteFile file) {
        Outcome outcome = content(facts, file.path(), file.content().reveal());
        return new Outcome(outcome.verdict(), outcome.message(), "");
    }

    private Outcome content(Facts facts, String path, String content) {
        status(facts, path);
        byte[] actual = facts.bytes(collected(path));
        byte[] expected = content.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(expected, actual)
                ? Outcome.passed(path + " has the " + expected.length + " bytes that were asked for")
                : Outcome.failed(
                        path + " differs from what was asked for, from byte " + Arrays.mismatch(expected, actual)
                                + " on (line " + lineOf(actual, Arrays.mismatch(expected, actual)) + ")",
                        new String(actual, 0, Math.min(actual.length, 2000), StandardCharsets.UTF_8));
    }

    private static long lineOf(byte[] content, int place) {
        return 1
                + new String(content, 0, Math.min(place, content.length), StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }

    private Outcome permissions(Facts facts, WriteFile file) {
        String expected = new BigInteger(file.permissions(), 8).toString(8);
        return Outcome.equal("the mode of " + file.path(), expected, status(facts, file.path())[1]);
    }

    private Outcome owner(Facts facts, WriteFile file) {
        String owner = Objects.requireNonNullElse(file.owner(), "root:root");
        String actual = status(facts, file.path())[2];
        boolean userOnly = !owner.contains(":") && actual.startsWith(owner + ":");
        return userOnly
                ? Outcome.passed("the owner of " + file.path() + " is " + owner)
                : Outcome.equal("the owner of " + file.path(), owner, actual);
    }

    /** What was given must be in what was saved; the installer may have added to it. */
    private Outcome saved(Facts facts, String path) {
        String text = facts.text(collected(path));
        Problems problems = new Problems();
        MapValue actual = ConfigFiles.parse(path, text, problems);
        if (!problems.isEmpty()) {
            return Outcome.failed(path + " is not the YAML of a configuration: "
                    + problems.all().get(0));
        }
        List<String> missing = new ArrayList<>();
        config.forInstaller().entries().forEach((key, entry) -> {
            Value saved = actual.get(key);
            if (!REWRITTEN.contains(key) && (saved == null || !contains(saved, entry.value()))) {
                missing.add(key);
            }
        });
        return missing.isEmpty()
                ? Outcome.passed(path + " holds the configuration")
                : Outcome.failed(path + " lacks or changes these sections of the configuration: " + missing);
    }

    private static boolean contains(Value whole, Value part) {
        if (whole instanceof MapValue wholeMap && part instanceof MapValue partMap) {
            return partMap.entries().entrySet().stream().allMatch(entry -> {
                Value value = wholeMap.get(entry.getKey());
                return value != null && contains(value, entry.getValue().value());
            });
        }
        if (whole instanceof ListValue wholeList && part instanceof ListValue partList) {
            if (wholeList.items().size() != partList.items().size()) {
                return false;
            }
            for (int index = 0; index < partList.items().size(); index++) {
                if (!contains(wholeList.items().get(index), partList.items().get(index))) {
                    return false;
                }
            }
            return true;
        }
        return whole instanceof ScalarValue wholeScalar
                && part instanceof ScalarValue partScalar
                && Objects.equals(wholeScalar.value(), partScalar.value());
    }

    private Outcome log(Facts facts, String path) {
        int size = facts.bytes(collected(path)).length;
        return size > 0 ? Outcome.passed(path + " has " + size + " bytes") : Outcome.failed(path + " is empty");
    }

    private static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
