package dev.vmtest.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.launch.DiskArguments.SizedDisk;
import dev.vmtest.machine.Architecture;
import dev.vmtest.machine.ManualMachine;
import dev.vmtest.process.ProgramSearch;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.seed.Power;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTests {

    @TempDir
    private Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private Path temporary = Path.of("");
    private Path kernel = Path.of("");

    @BeforeEach
    void makeDirectories() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        kernel = Files.writeString(directory.resolve("kernel"), "kernel");
    }

    @AfterEach
    void end() {
        processes.close();
    }

    private LaunchRequest request(@Nullable Path image, List<SizedDisk> disks, LaunchRequest.WebServer web) {
        return new LaunchRequest(
                new LaunchRequest.MachineOptions(
                        Architecture.AMD64,
                        1,
                        512,
                        new ManualMachine.Firmware.Usual(),
                        new ManualMachine.Display.None(),
                        new ManualMachine.Serial.None(),
                        false),
                List.of("echo", "PUBURL/data"),
                List.of(),
                new LaunchRequest.BootOptions(
                        image == null ? kernel : null,
                        null,
                        image,
                        List.of(),
                        "root=squash:PUBURL/root",
                        List.of("quiet")),
                disks,
                List.of(),
                List.of(kernel + ":root"),
                Power.OFF,
                web,
                new LaunchRequest.Help("curtin", false, Map.of(), null, List.of()));
    }

    private Launch prepare(LaunchRequest request) throws LaunchException {
        return Launch.prepare(request, processes, temporary, new Random(1), file -> "raw", false);
    }

    private static final LaunchRequest.WebServer LOOPBACK = new LaunchRequest.WebServer(null, 0, 5);

    private static SizedDisk disk(Path file) {
        return new SizedDisk(new ManualMachine.Disk(file, "raw", "nvme", Map.of(), Map.of()), 1 << 20);
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void theGuestFindsItsSeedAndWhatIsPublished() throws Exception {
        try (Launch launch = prepare(request(null, List.of(), LOOPBACK))) {
            String booted = Objects.requireNonNull(launch.machine().kernel()).commandLine();
            Matcher line = Pattern.compile("root=squash:http://10\\.0\\.2\\.2(:[0-9]+/[0-9a-f]+)/root"
                            + " ds=nocloud-net;seedfrom=http://10\\.0\\.2\\.2\\1/seed/ console=ttyS0 quiet")
                    .matcher(booted);
            assertThat(line.matches()).as(booted).isTrue();
            String here = "http://127.0.0.1" + line.group(1);
            assertThat(get(here + "/root")).isEqualTo("kernel");
            assertThat(get(here + "/seed/meta-data")).contains("instance-id");
            assertThat(get(here + "/seed/user-data"))
                    .contains("echo http://10.0.2.2" + line.group(1) + "/data")
                    .contains("poweroff");
        }
    }

    @Test
    void disksAreMadeAndThoseThatAreThereStay() throws Exception {
        Path present = Files.writeString(directory.resolve("present.img"), "x");
        Path missing = directory.resolve("missing.img");
        try (Launch launch = prepare(request(null, List.of(disk(present), disk(missing)), LOOPBACK))) {
            assertThat(launch.machine().disks())
                    .extracting(ManualMachine.Disk::file)
                    .containsExactly(present, missing);
        }
        assertThat(present).hasContent("x");
        assertThat(missing).hasSize(1 << 20);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aMachineWithoutDisksGetsOneThatVanishes() throws Exception {
        try (Launch launch = prepare(request(null, List.of(), LOOPBACK))) {
            assertThat(launch.machine().disks())
                    .singleElement()
                    .satisfies(disk -> assertThat(disk.file()).hasSize(5L << 30));
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void anImageThatBootsStaysAsItIsAndHasItsSeedOnADisk() throws Exception {
        assumeTrue(ProgramSearch.find("qemu-img").isPresent(), "qemu-img is not installed");
        assumeTrue(ProgramSearch.find("xorrisofs").isPresent(), "xorrisofs is not installed");
        Path image = Files.write(directory.resolve("image"), new byte[1 << 20]);
        try (Launch launch = prepare(request(image, List.of(disk(directory.resolve("d"))), LOOPBACK))) {
            assertThat(launch.machine().kernel()).isNull();
            assertThat(launch.machine().disks())
                    .extracting(disk -> disk.device().get("serial"))
                    .containsExactly("boot-disk", null, "seed");
            assertThat(launch.machine().disks().get(0).format()).isEqualTo("qcow2");
            assertThat(launch.machine().disks().get(0).file()).exists().isNotEqualTo(image);
            assertThat(Files.readString(temporary.resolve(onlyChild()).resolve("seed/user-data")))
                    .contains("poweroff");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    private Path onlyChild() throws IOException {
        try (Stream<Path> children = Files.list(temporary)) {
            return children.findFirst().orElseThrow();
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAndNothingIsLeft() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            LaunchRequest.WebServer web = new LaunchRequest.WebServer("127.0.0.1", taken.getLocalPort(), 1);
            assertThatThrownBy(() -> prepare(request(null, List.of(), web)))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1 port " + taken.getLocalPort())
                    .hasMessageContaining("HTTP_PORT");
        }
        assertThat(temporary).isEmptyDirectory();
    }
}
