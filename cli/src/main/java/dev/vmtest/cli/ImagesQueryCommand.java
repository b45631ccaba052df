package dev.vmtest.cli;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFilter;
import dev.vmtest.image.ImageQuery;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** List the images that are there. */
@Command(
        name = "query",
        description = {
            "Lists the items of the images in IMAGE_DIR, a line each, sorted.",
            "The exit status is 1 if the output format names a field that an item does not have, and 141 if"
                    + " nobody reads the output."
        },
        mixinStandardHelpOptions = true)
final class ImagesQueryCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--max", paramLabel = "N", description = "Only the N newest versions of each product.")
    private int versions = Integer.MAX_VALUE;

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
                    + " another mirror. All filters must accept an item.")
    private List<String> words = new ArrayList<>();

    ImagesQueryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws ImageException {
        if (versions < 1) {
            throw new UsageException("--max " + versions + ": at least 1 version is listed");
        }
        List<ImageFilter> filters = new ArrayList<>();
        ImageDirectory directory =
                new ImageTree(invocation.environment()).store().directory();
        for (String word : words) {
            if (ImageFilter.isFilter(word)) {
                filters.add(ImageFilter.parse(word));
            } else if (word.contains("/")) {
                directory = new ImageDirectory(Path.of(word));
            } else {
                filters.add(ImageFilter.parse("release=" + word));
            }
        }
        List<Map<String, Object>> items = new ImageQuery(filters, versions).find(directory);
        PrintStream out = invocation.out();
        if (form.json) {
            out.println(ImageQuery.json(items));
        } else {
            String format = form.format;
            try {
                (format == null ? ImageQuery.lines(items) : ImageQuery.lines(items, format)).forEach(out::println);
            } catch (IllegalArgumentException wrong) {
                invocation.err().println("vmtest: " + wrong.getMessage());
                return ExitStatus.FAILED;
            }
        }
        return out.checkError() ? ExitStatus.BROKEN_PIPE : ExitStatus.SUCCESS;
    }
}
