package dev.vmtest.cli;

import dev.vmtest.files.NewFile;
import dev.vmtest.files.PlannedChange;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.publish.ReportEvents;
import dev.vmtest.publish.ReportedFile;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.PrintableJson;
import dev.vmtest.trial.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Say how long the parts of an install took. */
@Command(
        name = "events",
        description = {"Prints how long the parts of an install took, from its report events.", ""},
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EventsCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(
            paramLabel = "PLACE",
            description = "The directory of a test, or its logs/events.json; - reads standard input.")
    private @Nullable Path place;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "Form of a line: %%n name, %%D description, %%e type (start or finish), %%r result, %%l level,"
                            + " %%o origin, %%t timestamp, %%d seconds it took, %%E seconds since the beginning, %%T seconds in"
                            + " all, %%I indentation.")
    private String format = EventTimes.DEFAULT_FORMAT;

    @Option(names = "--dumpfiles", paramLabel = "DIR", description = "Write the files that events carried into DIR.")
    private @Nullable Path files;

    @Option(
            names = "--save-processing-data",
            description =
                    "Write timestamps.json, the times of each part by its name, and records.json, the printed lines,"
                            + " into the working directory.")
    private boolean savesData;

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    EventsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        Path given = Terminal.required(place);
        List<ReportEvent> events;
        try {
            events = read(given);
        } catch (IOException unreadable) {
            throw new UsageException(List.of(PlainTrouble.of(unreadable)));
        }
        EventTimes times = EventTimes.of(events, format);
        times.lines().forEach(invocation.out()::println);
        if (savesData) {
            save("timestamps.json", times.timestamps());
            save("records.json", times.lines());
        }
        if (files != null) {
            dump(events, files);
        }
        return ExitStatus.SUCCESS;
    }

    private static List<ReportEvent> read(Path given) throws IOException {
        if (given.toString().equals("-")) {
            return ReportEvents.read("standard input", System.in);
        }
        return ReportEvents.read(Files.isDirectory(given) ? new Workspace(given).reportEvents() : given);
    }

    private void save(String name, Object value) throws IOException {
        Path file = Path.of(name);
        if (dryRun.isGiven()) {
            invocation.out().println(PlannedChange.writing(file).line());
            return;
        }
        NewFile.write(
                file,
                PrintableJson.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
        invocation.out().println("written " + file);
    }

    private void dump(List<ReportEvent> events, Path directory) throws IOException {
        if (!dryRun.isGiven()) {
            Files.createDirectories(directory);
        } else if (Files.notExists(directory)) {
            invocation.out().println(PlannedChange.writing(directory).line());
        }
        Set<String> names = new HashSet<>();
        for (ReportEvent event : events) {
            for (ReportedFile reported : event.files()) {
                Path written = directory.resolve(unused(safeName(reported.path()), names));
                if (dryRun.isGiven()) {
                    sayDumped(written);
                    continue;
                }
                try (FileChannel file = NewFile.create(written, NewFile.Readers.OWNER)) {
                    file.write(ByteBuffer.wrap(reported.content()));
                } catch (FileAlreadyExistsException raced) {
                    throw taken(written);
                }
                invocation.out().println("written " + written);
            }
        }
    }

    private void sayDumped(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(file);
        }
        invocation.out().println(PlannedChange.writing(file).line());
    }

    private static UsageException taken(Path file) {
        return new UsageException(
                file + " is there already, and nothing is written over it; name a directory that is new or empty");
    }

    /** Two files of one name come from different directories of the guest, or at different times. */
    private static String unused(String name, Set<String> names) {
        String unused = name;
        for (int number = 2; !names.add(unused); number++) {
            unused = name + "-" + number;
        }
        return unused;
    }

    /** A guest chose the path: only the last part of it counts, and only if it is a plain name. */
    private static String safeName(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return last.isEmpty() || last.matches("\\.+") ? "file" : last;
    }
}
