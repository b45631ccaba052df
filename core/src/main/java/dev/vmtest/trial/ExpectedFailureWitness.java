package dev.vmtest.trial;

import dev.vmtest.archive.ExtractReport;
import dev.vmtest.archive.TarException;
import dev.vmtest.archive.TarExtractor;
import dev.vmtest.archive.TarLimits;
import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import dev.vmtest.files.NewFile;
import dev.vmtest.installconfig.ExpectedInstallFailure;
import dev.vmtest.installconfig.ExpectedInstallFailure.End;
import dev.vmtest.installconfig.ExpectedInstallFailure.Text;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Stage;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.ConsolePatterns;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.publish.ReportedFile;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.testcase.ConfigLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Listen to an install that is meant to fail, and hold what was heard against how its author says that it does.
 *
 * <p>Thread-safe; what is heard comes from the console and from the report events.
 */
final class ExpectedFailureWitness {

    private static final String NAME = "install failure: ";
    private static final Pattern STAGE = Pattern.compile("cmd-install/stage-([^/]+)");

    /** An archive of logs is small; a guest that says otherwise is not believed. */
    private static final TarLimits ERROR_LOGS = new TarLimits(64L << 20, 1000, 1 << 16, 1024, 16);

    private final ExpectedInstallFailure expected;
    private final String log;
    private final String archive;
    private final boolean reports;
    private final Map<Text, String> heard = new LinkedHashMap<>();
    private final List<ReportEvent> events = new ArrayList<>();

    /**
     * Listen.
     *
     * @param config says where the installer logs, and where it leaves an archive
     * @param reports whether the installer reports what it does
     */
    ExpectedFailureWitness(ExpectedInstallFailure expected, InstallConfig config, boolean reports) {
        this.expected = expected;
        this.log = ConfigLayers.installLog(config);
        this.archive = Objects.requireNonNullElse(config.install().errorTarfile(), "");
        this.reports = reports;
    }

    /** Hear a line of the console. */
    synchronized void console(ConsoleLine line) {
        line.said()
                .forEach(utterance -> hear(
                        ExpectedInstallFailure.Witness.CONSOLE,
                        utterance.text(),
                        "console line " + utterance.number() + ": "
                                + utterance.text().strip()));
    }

    /** Hear a report event. */
    synchronized void reported(ReportEvent event) {
        events.add(event);
        if ("FAIL".equals(event.result())) {
            String text = event.name() + ": " + event.description();
            hear(ExpectedInstallFailure.Witness.EVENT, text, "event " + text);
        }
        event.files().stream()
                .filter(file -> file.path().equals(log))
                .flatMap(file -> file.text().lines())
                .forEach(line -> hear(ExpectedInstallFailure.Witness.LOG, line, "log: " + line.strip()));
    }

    private void hear(ExpectedInstallFailure.Witness witness, String said, String shown) {
        for (Text text : expected.texts()) {
            if (text.witness() == witness
                    && !heard.containsKey(text)
                    && text.pattern().matcher(said).find()) {
                heard.put(text, shown);
            }
        }
    }

    /**
     * Hold the failure.
     *
     * @param failure why the install did not work, or nothing if it did
     * @param directory where the installer's archive is kept
     * @return one record for each thing that the author says of the failure
     */
    synchronized List<CheckRecord> hold(MachineEnd end, Optional<Evidence> failure, Path directory) throws IOException {
        List<CheckRecord> records = new ArrayList<>();
        if (failure.isEmpty()) {
            return List.of(record(
                    expected.location(), "it fails", false, "the install should fail, but it worked to its end"));
        }
        records.add(record(expected.location(), "it fails", true, failure.get().summary()));
        if (reports) {
            records.add(record(
                    expected.location(),
                    "by the installer",
                    !events.isEmpty(),
                    events.isEmpty()
                            ? "the installer had not begun: it reported nothing"
                            : "the installer had reported " + events.get(0).name()));
        }
        Placed<End> wanted = expected.end();
        if (wanted != null) {
            boolean isRight = isEnd(wanted.value(), end);
            records.add(record(
                    wanted.location(),
                    "end",
                    isRight,
                    isRight
                            ? end.summary()
                            : "the machine should end by " + wanted.value().word() + " but: " + end.summary()));
        }
        Placed<Stage> stage = expected.stage();
        if (stage != null) {
            records.add(stage(stage));
        }
        for (Text text : expected.texts()) {
            String found = heard.get(text);
            String who = text.witness().word();
            records.add(record(
                    text.location(),
                    who,
                    found != null,
                    found != null ? found : "nothing of the " + who + " matches '" + text.pattern() + "'"));
        }
        if (!expected.errorFiles().isEmpty()) {
            records.addAll(errorFiles(directory));
        }
        return List.copyOf(records);
    }

    private static boolean isEnd(End wanted, MachineEnd end) {
        return switch (wanted) {
            case POWER_OFF -> end instanceof MachineEnd.GuestShutdown;
            case RESET -> end instanceof MachineEnd.GuestReset;
            case KERNEL_PANIC ->
                end instanceof MachineEnd.GuestPanic
                        || (end instanceof MachineEnd.Doomed doomed
                                && doomed.finding().pattern().equals(ConsolePatterns.KERNEL_PANIC));
            case TIME_OUT -> end instanceof MachineEnd.TimedOut;
        };
    }

    /** A stage that was begun and never finished is where a guest ended that could say no more. */
    private CheckRecord stage(Placed<Stage> wanted) {
        List<String> failed = events.stream()
                .filter(event -> "FAIL".equals(event.result()))
                .flatMap(event -> stageOf(event).stream())
                .distinct()
                .toList();
        List<String> open = new ArrayList<>();
        for (ReportEvent event : events) {
            stageOf(event).ifPresent(stage -> {
                open.remove(stage);
                if (event.eventType().equals("start")) {
                    open.add(stage);
                }
            });
        }
        List<String> found = failed.isEmpty() ? open : failed.subList(0, 1);
        boolean isRight = found.equals(List.of(wanted.value().text()));
        String how = failed.isEmpty() ? "it was in the stage " : "it failed in the stage ";
        return record(
                wanted.location(),
                "stage",
                isRight,
                found.isEmpty()
                        ? "no stage reported a failure, and none had begun"
                        : how
                                + String.join(", ", found)
                                + (isRight
                                        ? ""
                                        : " and should have in "
                                                + wanted.value().text()));
    }

    private static Optional<String> stageOf(ReportEvent event) {
        var matcher = STAGE.matcher(event.name());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private List<CheckRecord> errorFiles(Path directory) throws IOException {
        Optional<ReportedFile> reported = events.stream()
                .flatMap(event -> event.files().stream())
                .filter(file -> file.path().equals(archive))
                .reduce((first, last) -> last);
        String trouble = reported.isEmpty() ? "the installer reported no archive " + archive : "";
        List<String> names = List.of();
        if (reported.isPresent()) {
            Path tar = NewFile.write(
                    directory.resolve("error-logs.tar"), reported.get().content());
            try {
                ExtractReport report = new TarExtractor(ERROR_LOGS).extract(tar, directory.resolve("error-logs"));
                trouble = report.refused().isEmpty()
                        ? ""
                        : "left out of " + archive + ": " + report.refused().get(0);
                names = namesBelow(directory.resolve("error-logs"));
            } catch (TarException unreadable) {
                trouble = archive + " is no readable archive: " + unreadable.getMessage();
            }
        }
        List<CheckRecord> records = new ArrayList<>();
        for (Placed<String> file : expected.errorFiles()) {
            boolean isThere = names.contains(file.value());
            String shown = trouble.isEmpty() ? archive + " holds " + names : trouble;
            records.add(record(file.location(), "archive: " + file.value(), isThere, shown));
        }
        return records;
    }

    private static List<String> namesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static CheckRecord record(Location source, String what, boolean isRight, String message) {
        return new CheckRecord(
                NAME + what, source.toString(), isRight ? CheckRecord.PASSED : CheckRecord.FAILED, message);
    }
}
