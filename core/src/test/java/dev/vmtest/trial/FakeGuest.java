package dev.vmtest.trial;

import dev.vmtest.machine.FakeMachines;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.Machines;
import dev.vmtest.machine.ProcessorShare;
import dev.vmtest.machine.Segment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Play the guest of both boots: report events over HTTP, speak on the console, write the output disk. */
final class FakeGuest implements Machines {

    static final String FINISHED = "curtin: Installation finished.\n";
    static final String STARTED_EVENT = event("cmd-install", "start", 1.0, "");
    static final String STAGE_EVENT = event("cmd-install/stage-early", "start", 1.5, "");
    static final String FINISHED_EVENT = finishedBy("vmtest test");
    static final MachineEnd POWER_OFF = new MachineEnd.GuestShutdown(Duration.ofSeconds(30));

    /** What QEMU gets of a host that has time, and of one that has none. */
    private static final ProcessorShare QUIET =
            new ProcessorShare(Duration.ofSeconds(30), Duration.ofSeconds(28), Duration.ofSeconds(1));

    private static final ProcessorShare CROWDED =
            new ProcessorShare(Duration.ofSeconds(300), Duration.ofSeconds(51), Duration.ofSeconds(212));

    private static final Pattern ENDPOINT = Pattern.compile("endpoint: (\\S+)");

    private final Path system;
    private String installConsole = FINISHED;
    private List<String> events = List.of(STARTED_EVENT, STAGE_EVENT, FINISHED_EVENT);
    private MachineEnd installEnd = POWER_OFF;
    private MachineEnd bootEnd = POWER_OFF;
    private MachineEnd secondBootEnd = POWER_OFF;
    private final List<String> boots = new ArrayList<>();
    private final List<MachineSpec> machines = new ArrayList<>();
    private Optional<Runnable> betweenBoots = Optional.empty();
    private String nonceFile = "vmtest-nonce";
    private Optional<String> nonce = Optional.empty();
    private List<String> pipes = List.of();
    private int outputBytes = Integer.MAX_VALUE;
    private ProcessorShare share = QUIET;
    private int crowdedInstalls;
    private List<byte[]> frames = List.of();
    private @Nullable RuntimeException defect;
    private @Nullable MachineException trouble;

    /**
     * Play a guest that does everything right.
     *
     * @param system what the installed system says of itself
     */
    FakeGuest(Path system) {
        this.system = system;
    }

    FakeGuest installConsole(String text) {
        installConsole = text;
        return this;
    }

    FakeGuest events(String... documents) {
        events = List.of(documents);
        return this;
    }

    FakeGuest installEnd(MachineEnd end) {
        installEnd = end;
        return this;
    }

    FakeGuest bootEnd(MachineEnd end) {
        bootEnd = end;
        return this;
    }

    FakeGuest secondBootEnd(MachineEnd end) {
        secondBootEnd = end;
        return this;
    }

    /** Change what the installed system says, once it was booted. */
    FakeGuest betweenBoots(Runnable change) {
        betweenBoots = Optional.of(change);
        return this;
    }

    /** Return what machine each boot had. */
    List<MachineSpec> machines() {
        return List.copyOf(machines);
    }

    /** Return the output disks of the boots of what was installed, in their order. */
    List<String> boots() {
        return List.copyOf(boots);
    }

    FakeGuest nonceFile(String name) {
        nonceFile = name;
        return this;
    }

    FakeGuest nonce(String word) {
        nonce = Optional.of(word);
        return this;
    }

    /** Deliver named pipes beside the facts, which nobody unpacks. */
    FakeGuest pipes(String... names) {
        pipes = List.of(names);
        return this;
    }

    /** Fail some installs on a host that has no time for them; the ones that follow are quiet and work. */
    FakeGuest crowdedInstalls(int number) {
        crowdedInstalls = number;
        return this;
    }

    /** Let the host have no time at all, whatever happens. */
    FakeGuest crowded() {
        share = CROWDED;
        return this;
    }

    /** Send frames by each NIC at the first boot, where somebody is at the other end. */
    FakeGuest frames(byte[]... sent) {
        frames = List.of(sent);
        return this;
    }

    FakeGuest outputCutAfter(int bytes) {
        outputBytes = bytes;
        return this;
    }

    FakeGuest defect(RuntimeException thrown) {
        defect = thrown;
        return this;
    }

    FakeGuest trouble(MachineException thrown) {
        trouble = thrown;
        return this;
    }

    /** Return the event of an install that worked, by an installer that says which one it is. */
    static String finishedBy(String installer) {
        String log = "curtin: Installation started. (" + installer + ")\n" + FINISHED;
        return event(
                "cmd-install",
                "finish",
                2.0,
                ", \"result\": \"SUCCESS\", \"files\": [{\"path\": \"/tmp/install.log\", \"encoding\": \"base64\","
                        + " \"content\": \""
                        + Base64.getEncoder().encodeToString(log.getBytes(StandardCharsets.UTF_8))
                        + "\"}]");
    }

    static String event(String name, String type, double at, String more) {
        return "{\"name\": \"%s\", \"event_type\": \"%s\", \"timestamp\": %s, \"description\": \"\"%s}"
                .formatted(name, type, at, more);
    }

    @Override
    public List<String> commandLine(MachineRequest request) {
        return List.of("play", request.spec().architecture().debianName());
    }

    @Override
    public Machine start(MachineRequest request) throws MachineException {
        machines.add(request.spec());
        if (defect != null) {
            throw defect;
        }
        if (trouble != null) {
            throw trouble;
        }
        Path workspace = Objects.requireNonNull(request.files().diskDirectory().getParent());
        try {
            if (request.boot().kernel() == null) {
                for (Segment segment : request.segments()) {
                    frames.forEach(segment::received);
                }
                Path disk = request.boot().drives().get(0).file();
                writeOutputDisk(workspace, disk);
                boots.add(disk.getFileName().toString());
                boolean isFirst = boots.size() % 2 == 1;
                if (isFirst) {
                    betweenBoots.ifPresent(Runnable::run);
                }
                return FakeMachines.ended(
                        request, "the installed system boots\n", isFirst ? bootEnd : secondBootEnd, share);
            }
            if (crowdedInstalls > 0) {
                crowdedInstalls--;
                return FakeMachines.ended(request, "multipath: timeout\n", PlayedRun.TIMED_OUT, CROWDED);
            }
            report(workspace);
            return FakeMachines.ended(request, installConsole, installEnd, share);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private void report(Path workspace) throws IOException, InterruptedException {
        Matcher endpoint = ENDPOINT.matcher(Files.readString(workspace.resolve("install/90-reporting.yaml")));
        if (!endpoint.find()) {
            throw new IllegalStateException("the guest is not told where to report to");
        }
        URI host = URI.create(endpoint.group(1).replace("10.0.2.2", "127.0.0.1"));
        HttpClient client = HttpClient.newHttpClient();
        for (String event : events) {
            HttpRequest post = HttpRequest.newBuilder(host)
                    .POST(HttpRequest.BodyPublishers.ofString(event))
                    .build();
            int status =
                    client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IllegalStateException("the event was answered with " + status);
            }
        }
    }

    private void writeOutputDisk(Path workspace, Path output) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
                Stream<Path> files = Files.walk(system)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(tar, system.relativize(file).toString(), Files.readAllBytes(file));
            }
            for (String pipe : pipes) {
                tar.putArchiveEntry(new TarArchiveEntry(pipe, TarConstants.LF_FIFO));
                tar.closeArchiveEntry();
            }
            String seed = output.getFileName()
                    .toString()
                    .replace("output_disk", "seed")
                    .replace(".img", "");
            add(
                    tar,
                    nonceFile,
                    nonce.orElse(nonceOf(workspace.resolve("boot").resolve(seed)))
                            .getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = bytes.toByteArray();
        try (RandomAccessFile disk = new RandomAccessFile(output.toFile(), "rw")) {
            disk.write(all, 0, Math.min(outputBytes, all.length));
        }
    }

    /** The script that writes the disk knows the nonce. */
    private static String nonceOf(Path seed) throws IOException {
        Matcher nonce = Pattern.compile("echo '([0-9a-f]{32})' >").matcher(Files.readString(seed.resolve("user-data")));
        if (!nonce.find()) {
            throw new IllegalStateException("the seed has no nonce");
        }
        return nonce.group(1);
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Return the events of an install that worked, without some of them. */
    static String[] eventsWithout(String... missing) {
        List<String> left = new ArrayList<>(List.of(STARTED_EVENT, STAGE_EVENT, FINISHED_EVENT));
        left.removeAll(List.of(missing));
        return left.toArray(String[]::new);
    }
}
