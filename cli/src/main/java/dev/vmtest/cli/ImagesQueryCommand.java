package dev.vmtest.cli;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFilter;
import dev.vmtest.image.ImageQuery;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.text.MistakeException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** List the images that are there. */
@Command(
        name = "query",
        description = {
            "Lists the items of the images in IMAGE_DIR, a line each, sorted.",
            "A field or a word that there is nowhere is an error (2); where nothing is found, standard error says so.",
            "The exit status is 1 if the output format names a field that an item does not have, and 141 if"
                    + " nobody reads the output."
        },
        mixinStandardHelpOptions = true)
final class ImagesQueryCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--max", paramLabel = "N", description = "Only the N newest versions of each product.")
    private int versions = Integer.MAX_VALUE;

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @ArgGroup
    private Form form = new Form();

    /** Say how an item is shown. */
    static final class Form {

        @Option(
                names = {"-o", "--output-format"},
                paramLabel = "F",
                description = "The line of an item, with %%(KEY)s for each field; %%(item_url)s is its file.")
        private @Nullable String format;

        @Option(names = "--json", description = "A JSON list of objects.")
        private boolean json;
    }

    @Parameters(
            paramLabel = "WORD",
            description = "A filter (KEY=VALUE, KEY!=VALUE, KEY~REGEX, KEY!~REGEX), a release, or the directory of"
                    + " another mirror. All filters must accept an item; of several releases one is enough.")
    private List<String> words = new ArrayList<>();

    ImagesQueryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws ImageException {
        if (versions < 1) {
            throw new UsageException("--max " + versions + ": at least 1 version is listed");
        }
        ImageDirectory directory = directory();
        List<ImageFilter> asked = new ArrayList<>(written());
        releases().forEach(name -> asked.add(ImageFilter.parse("release=" + name)));
        List<String> mistakes = ImageQuery.mistakes(directory, asked);
        if (!mistakes.isEmpty()) {
            throw new UsageException(mistakes);
        }
        // Every filter must accept an item; of several releases one is enough.
        List<ImageFilter> filters = new ArrayList<>(written());
        if (!releases().isEmpty()) {
            filters.add(ImageFilter.ofReleases(releases()));
        }
        List<Map<String, Object>> items = new ImageQuery(filters, versions).find(directory);
        if (items.isEmpty()) {
            invocation.err().println("vmtest: " + ImageQuery.nothing(directory, asked));
        }
        return print(items);
    }

    private int print(List<Map<String, Object>> items) {
        PrintStream out = invocation.out();
        if (form.json) {
            out.println(ImageQuery.json(items));
        } else {
            String format = form.format;
            try {
                (format == null ? ImageQuery.lines(items) : ImageQuery.lines(items, format)).forEach(out::println);
            } catch (MistakeException wrong) {
                invocation.err().println("vmtest: " + wrong.getMessage());
                return ExitStatus.FAILED;
            }
        }
        return out.checkError() ? ExitStatus.BROKEN_PIPE : ExitStatus.SUCCESS;
    }

    private static boolean isDirectory(String word) {
        if (ImageFilter.isFilter(word) || ReleaseTable.find(word).isPresent()) {
            return false;
        }
        return word.contains("/") || Files.isDirectory(Path.of(word));
    }

    private ImageDirectory directory() {
        List<String> named =
                words.stream().filter(ImagesQueryCommand::isDirectory).toList();
        if (named.size() > 1) {
            throw new UsageException("one mirror is listed at a time; name one of " + String.join(", ", named));
        }
        if (named.isEmpty()) {
            return new ImageTree(invocation.environment()).store().directory();
        }
        ImageDirectory directory = new ImageDirectory(Path.of(named.get(0)));
        if (!directory.isTree()) {
            throw new UsageException(named.get(0) + " is no image tree: there is no streams/v1/index.json in it;"
                    + " name the directory above streams/");
        }
        return directory;
    }

    private List<ImageFilter> written() {
        return words.stream()
                .filter(ImageFilter::isFilter)
                .map(ImageFilter::parse)
                .toList();
    }

    private List<String> releases() {
        return Stream.concat(
                        words.stream().filter(word -> !ImageFilter.isFilter(word) && !isDirectory(word)),
                        release.ofImages().stream())
                .distinct()
                .toList();
    }
}
