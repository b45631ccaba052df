package dev.vmtest.trial;

import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.result.FailureClass;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hold the one table of signs by which the class of a failure is recognised. What no rule knows is unknown; a rule
 * decides nothing about the verdict.
 */
final class FailureRules {

    private static final Logger LOG = LoggerFactory.getLogger(FailureRules.class);

    /** How much of the end of a console's log is looked through, in bytes. */
    private static final int LOG_END = 1 << 20;

    private static final int LONGEST_SIGN = 300;

    /** How many lines after its first one a traceback may take to come to its exception. */
    private static final int LONGEST_TRACEBACK = 80;

    /** Who speaks and when, before what is said: the kernel's time and a program with its number. */
    private static final Pattern PREFIX =
            Pattern.compile("^(?:\\[ *[0-9]+\\.[0-9]+\\] ?)?(?:[\\w.-]+\\[[0-9]+\\]: ?)?");

    /** The line in which Python names an exception, after the frames that are indented. */
    private static final Pattern EXCEPTION =
            Pattern.compile("^[A-Za-z_][\\w.]*(?:Error|Exception|Exit|Interrupt)\\b.*");

    /**
     * Recognise a class by a line.
     *
     * @param failureClass what the line is a sign of
     * @param words what a line says, found anywhere in it
     */
    record Rule(FailureClass failureClass, Pattern words) {

        static Rule of(FailureClass failureClass, String expression) {
            return new Rule(failureClass, Pattern.compile(expression));
        }
    }

    /** In the order in which they explain each other: a panic for lack of memory is a lack of memory. */
    static final List<Rule> RULES = List.of(
            Rule.of(
                    FailureClass.OUT_OF_MEMORY,
                    "Out of memory: Killed process|Out of memory and no killable processes|System is deadlocked on memory"
                            + "|\\binvoked oom-killer:|^MemoryError\\b"),
            Rule.of(FailureClass.KERNEL_PANIC, "Kernel panic - |the guest's kernel panicked"),
            Rule.of(FailureClass.DISK_FULL, String.join("|", FullDisk.WORDS)),
            // apt's words for a name that no source has (apt-private/private-cacheset.cc, apt-pkg/cacheset.cc).
            Rule.of(
                    FailureClass.MISSING_PACKAGE,
                    "E: Unable to locate package |E: Package '.*' has no installation candidate"
                            + "|E: Couldn't find any package by |E: Version '.*' for '.*' was not found"
                            // What Python says of a module where an installer passes on no more of it.
                            + "|^No module named '[\\w.]+'$"),
            Rule.of(FailureClass.TRACEBACK, "Traceback \\(most recent call last\\):"));

    /** What a machine's end says whose time was over ({@code MachineEnd.TimedOut}). */
    private static final Pattern TIMED_OUT = Pattern.compile(
            "the guest (?:was not done after|wrote nothing to its console for|gave no sign of life for) [0-9]+ s");

    /** What an installer says of itself through its events. */
    private static final Pattern REPORTED = Pattern.compile("the installer reported [^;]*");

    private FailureRules() {}

    /**
     * Recognise the class of a failure; one that is known already stays.
     *
     * @param verdict how the test ended
     * @param evidence why
     * @param directory the test's, in which the log lies that the evidence names
     */
    static Failure classify(Verdict verdict, Evidence evidence, Path directory) {
        if (evidence.failure().happened()) {
            return evidence.failure();
        }
        return switch (verdict) {
            case PASSED, SKIPPED, UNCHANGED, UNEXPECTED_PASS -> Failure.NONE;
            case FAILED -> new Failure(FailureClass.PRODUCT, "");
            case INFRASTRUCTURE -> new Failure(FailureClass.INFRASTRUCTURE, "");
            case INSTALL_FAILED, BOOT_FAILED, EXPECTED_FAILURE -> guest(evidence, directory);
        };
    }

    private static Failure guest(Evidence evidence, Path directory) {
        List<String> said = new ArrayList<>();
        if (evidence.badLine() >= 0 && evidence.badLine() < evidence.context().size()) {
            said.add(evidence.context().get(evidence.badLine()));
        }
        said.add(evidence.summary());
        said.add(evidence.machineEnd());
        said.addAll(evidence.context());
        return recognise(said)
                .or(() -> recognise(logOf(evidence, directory)))
                .or(() -> timeout(evidence))
                .or(() -> reported(evidence))
                .orElseGet(() -> new Failure(FailureClass.UNKNOWN, ""));
    }

    /** Return the class whose rule comes first of those that know one of some lines. */
    static Optional<Failure> recognise(List<String> lines) {
        for (Rule rule : RULES) {
            for (int index = 0; index < lines.size(); index++) {
                if (rule.words().matcher(bare(lines.get(index))).find()) {
                    return Optional.of(new Failure(rule.failureClass(), sign(rule, lines, index)));
                }
            }
        }
        return Optional.empty();
    }

    private static String sign(Rule rule, List<String> lines, int index) {
        String line = bare(lines.get(index));
        if (rule.failureClass() == FailureClass.TRACEBACK) {
            line = lines.subList(index, Math.min(lines.size(), index + LONGEST_TRACEBACK)).stream()
                    .map(FailureRules::bare)
                    .filter(each -> EXCEPTION.matcher(each).matches())
                    .findFirst()
                    .orElse(line);
        }
        String sign = line.strip();
        return sign.length() <= LONGEST_SIGN ? sign : sign.substring(0, LONGEST_SIGN) + "…";
    }

    private static String bare(String line) {
        return PREFIX.matcher(line).replaceFirst("");
    }

    private static Optional<Failure> timeout(Evidence evidence) {
        var passed = TIMED_OUT.matcher(evidence.summary() + "; " + evidence.machineEnd());
        if (!passed.find()) {
            return Optional.empty();
        }
        String waitedAfter = evidence.lastEvent().isEmpty() ? "" : "; it had last reported " + evidence.lastEvent();
        return Optional.of(new Failure(FailureClass.TIMEOUT, passed.group() + waitedAfter));
    }

    private static Optional<Failure> reported(Evidence evidence) {
        var reported = REPORTED.matcher(evidence.summary());
        return reported.find() ? Optional.of(new Failure(FailureClass.PRODUCT, reported.group())) : Optional.empty();
    }

    /** Return the last lines of a log; none where there is no log, or it is not what it should be. */
    private static List<String> logOf(Evidence evidence, Path directory) {
        if (evidence.log().isEmpty()) {
            return List.of();
        }
        Path log = directory.resolve(evidence.log()).normalize();
        if (!log.startsWith(directory.normalize()) || !Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(LOG_END, file.length())];
            file.seek(file.length() - end.length);
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException trouble) {
            LOG.warn("{}: no sign of what failed is looked for in it: {}", log, PlainTrouble.of(trouble));
            return List.of();
        }
    }
}
