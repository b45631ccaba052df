package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFilter;
import dev.vmtest.image.mirror.SyncListener;
import dev.vmtest.image.mirror.SyncRequest;
import dev.vmtest.image.mirror.SyncResult;
import dev.vmtest.junit.VmTests;
import dev.vmtest.process.Processes;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.report.TerminalStyle;
import dev.vmtest.session.ImageStreams;
import dev.vmtest.text.Printable;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Mirror images of a stream. */
@Command(
        name = "sync",
        description = {
            "Mirrors images of a simplestreams server into IMAGE_DIR: the newest versions of each, verified.",
            "The exit status is 3 if some of what is asked for could not be had; what is there stays usable."
        },
        mixinStandardHelpOptions = true)
final class ImagesSyncCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(
            paramLabel = "WORD",
            description = "A release, or a filter (KEY=VALUE, KEY!=VALUE, KEY~REGEX, KEY!~REGEX). Without a release:"
                    + " those of the test classes.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Option(names = "--max", paramLabel = "N", description = "Keep N versions; IMAGES_TO_KEEP otherwise.")
    private @Nullable Integer keep;

    @Option(
            names = "--arches",
            paramLabel = "A",
            split = ",",
            description = "Architectures by Debian's names; this host's otherwise.")
    private List<String> arches = new ArrayList<>();

    @Option(
            names = "--source",
            paramLabel = "URL",
            description = "Index of the stream; IMAGE_SRC_URL otherwise. It must be signed if its name ends in .sjson.")
    private @Nullable URI source;

    @Option(names = "--stream", paramLabel = "S", description = "Name of the MAAS stream; MAAS_IMAGE_STREAM otherwise.")
    private @Nullable String stream;

    @Option(names = "--keyring", paramLabel = "F", description = "Keyring of the stream; IMAGE_SRC_KEYRING otherwise.")
    private @Nullable Path keyring;

    @Option(names = "--jobs", paramLabel = "N", description = "Downloads at a time; 4 otherwise.")
    private @Nullable Integer jobs;

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Option(names = "--clean", description = "Remove everything mirrored before that is not asked for now.")
    private boolean clean;

    @Option(
            names = "--log-file",
            paramLabel = "FILE",
            description = "Log to the end of FILE; with -v alone the log goes to standard error.")
    private @Nullable Path logFile;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log what is done, and not only errors; twice: in detail.")
    private boolean[] verbose = new boolean[0];

    private final InstantSource clock;

    ImagesSyncCommand(Invocation invocation) {
        this(invocation, InstantSource.system());
    }

    ImagesSyncCommand(Invocation invocation, InstantSource clock) {
        this.invocation = invocation;
        this.clock = clock;
    }

    @Override
    public Integer call() throws ImageException {
        ImageStreams streams = new ImageStreams(invocation.environment());
        SyncRequest request = request(streams);
        PrintStream out = invocation.out();
        SyncResult result;
        try (SupervisedProcesses processes = new SupervisedProcesses();
                SyncDisplay display = new SyncDisplay(invocation.terminal(), style());
                SyncLog log = log(display)) {
            result = sync(streams, request, processes, log);
        }
        String would = dryRun.isGiven() ? "would be " : "";
        if (dryRun.isGiven()) {
            result.fetched().forEach(file -> out.println(Printable.line("would fetch " + file)));
            result.removed().forEach(file -> out.println(Printable.line("would remove " + file)));
        }
        result.images().forEach(out::println);
        out.println(result.fetched().size() + " files " + would + "fetched, " + SyncDisplay.bytes(result.bytes()) + "; "
                + result.removed().size() + " files " + would + "removed");
        result.problems().forEach(problem -> invocation.err().println("vmtest: " + problem));
        return result.problems().isEmpty() ? ExitStatus.SUCCESS : ExitStatus.INFRASTRUCTURE;
    }

    /** Bars would be torn by a log on the same terminal. */
    private TerminalStyle style() {
        return verbose.length > 0 && logFile == null ? TerminalStyle.plain() : Terminal.style(invocation.environment());
    }

    private SyncLog log(SyncListener shown) {
        SyncLog.Level level = SyncLog.Level.of(verbose.length);
        Path file = logFile;
        if (file != null) {
            return SyncLog.toFile(file, shown, level, clock);
        }
        // Errors are told anyway.
        return SyncLog.to(
                verbose.length > 0 ? invocation.err() : new PrintStream(OutputStream.nullOutputStream()),
                shown,
                level,
                clock);
    }

    private static SyncResult sync(ImageStreams streams, SyncRequest request, Processes processes, SyncLog log)
            throws ImageException {
        log.log(
                SyncLog.Level.INFO,
                "syncing " + request.stream().source() + " to "
                        + streams.directory().root());
        log.log(SyncLog.Level.DEBUG, "asked for: " + request);
        try {
            SyncResult result = streams.sync(request, processes, log);
            result.removed().forEach(file -> log.log(SyncLog.Level.INFO, "removed " + file));
            result.images().forEach(image -> log.log(SyncLog.Level.INFO, "in the tree: " + image));
            result.problems().forEach(problem -> log.log(SyncLog.Level.ERROR, problem));
            return result;
        } catch (ImageException failure) {
            log.log(SyncLog.Level.ERROR, String.valueOf(failure.getMessage()));
            throw failure;
        }
    }

    private static void addOnce(List<String> releases, String name) {
        if (!releases.contains(name)) {
            releases.add(name);
        }
    }

    private SyncRequest request(ImageStreams streams) {
        List<String> releases = new ArrayList<>(release.ofImages());
        List<ImageFilter> filters = new ArrayList<>();
        for (String word : words) {
            if (ImageFilter.isFilter(word)) {
                filters.add(ImageFilter.parse(word));
            } else {
                addOnce(releases, word);
            }
        }
        boolean namesReleases = !releases.isEmpty() || words.stream().anyMatch(word -> word.startsWith("release"));
        if (!namesReleases) {
            releases.addAll(Suite.classes().stream()
                    .flatMap(type -> VmTests.definition(type).releases().stream())
                    .flatMap(name -> ReleaseTable.base(name).stream())
                    .map(base -> base.environment().codename())
                    .distinct()
                    .toList());
        }
        SyncRequest usual = streams.request(releases);
        String name = stream;
        URI maas = name == null ? usual.stream().source() : ImageStreams.maasIndex(name);
        URI given = source;
        Path keys = keyring;
        Integer versions = keep;
        Integer atATime = jobs;
        return new SyncRequest(
                new SyncRequest.Stream(
                        given == null ? maas : given,
                        keys == null ? usual.stream().keyring() : keys),
                new SyncRequest.Selection(
                        releases, arches.isEmpty() ? usual.selection().arches() : arches, filters),
                versions == null ? usual.keep() : versions,
                atATime == null ? usual.jobs() : atATime,
                dryRun.isGiven(),
                clean,
                usual.lockTimeout());
    }
}
