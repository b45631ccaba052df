package dev.vmtest.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.iscsi.GuestDoor;
import dev.vmtest.iscsi.IscsiAccount;
import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.iscsi.IscsiServer;
import dev.vmtest.iscsi.IscsiTarget;
import dev.vmtest.launch.DiskArguments.SizedDisk;
import dev.vmtest.process.ProgramSearch;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.Architecture;
import dev.vmtest.secret.Secret;
import dev.vmtest.seed.Power;
import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private final FakeServer iscsi = new FakeServer();
    private List<String> command = List.of("echo", "PUBURL/data");
    private List<IscsiDisk> iscsiDisks = List.of();
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
                command,
                List.of(),
                new LaunchRequest.BootOptions(
                        image == null ? kernel : null,
                        null,
                        image,
                        List.of(),
                        "root=squash:PUBURL/root",
                        List.of("quiet")),
                disks,
                iscsiDisks,
                List.of(),
                List.of(kernel + ":root"),
                Power.OFF,
                web,
                new LaunchRequest.Help("curtin", false, Map.of(), null, List.of()));
    }

    private Launch prepare(LaunchRequest request) throws LaunchException {
        return Launch.prepare(
                request, processes, temporary, new Random(1), file -> "raw", (log, discovers) -> iscsi, false);
    }

    private static final LaunchRequest.WebServer LOOPBACK = new LaunchRequest.WebServer(null, 0, 5);

    private static SizedDisk disk(Path file) {
        return new SizedDisk(new ManualMachine.Disk(file, "raw", "nvme", Map.of(), Map.of()), 1 << 20);
    }

    /** Notes what it is to serve. */
    private static final class FakeServer implements IscsiServer {

        @Override
        public Optional<GuestDoor> door() {
            return Optional.empty();
        }

        private final List<IscsiTarget> targets = new ArrayList<>();
        private boolean isClosed;
        private boolean isFull;

        @Override
        public int port() {
            return 3261;
        }

        @Override
        public String hostFromGuest() {
            return "10.0.2.2";
        }

        @Override
        public void add(IscsiTarget target) throws IscsiException {
            if (isFull) {
                throw new IscsiException("no more targets");
            }
            targets.add(target);
        }

        @Override
        public void close() {
            isClosed = true;
        }
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

    private static IscsiDisk iscsiDisk(String text) {
        return IscsiDisk.parse(text).orElseThrow();
    }

    @Test
    void iscsiDisksAreServedAndTheGuestIsToldWhere() throws Exception {
        Path first = directory.resolve("first.img");
        command = List.of("echo", "iscsi:__RFC4173__", "iscsi:__RFC4173__");
        iscsiDisks = List.of(
                iscsiDisk(first + ":1M:iscsi:512:iqn.2024-01.test\\:a:user:pw:iuser:ipw"),
                iscsiDisk(directory.resolve("second.img") + ":1M:iscsi::b"));

        try (Launch launch = prepare(request(null, List.of(), LOOPBACK))) {
            assertThat(launch.machine().disks()).isEmpty();
            assertThat(iscsi.targets)
                    .containsExactly(
                            new IscsiTarget(
                                    "iqn.2024-01.test:a",
                                    first,
                                    new IscsiAccount("user", new Secret("pw")),
                                    new IscsiAccount("iuser", new Secret("ipw"))),
                            new IscsiTarget("b", directory.resolve("second.img"), null, null));
            assertThat(launch.iscsiNotes())
                    .containsExactly(
                            "the guest finds unit 1 of the iSCSI target iqn.2024-01.test:a at 10.0.2.2:3261",
                            "the guest finds unit 1 of the iSCSI target b at 10.0.2.2:3261");
            assertThat(userData(launch))
                    .contains("iscsi:user:pw:iuser:ipw@10.0.2.2:6:3261:1:iqn.2024-01.test:a")
                    .contains("iscsi:10.0.2.2:6:3261:1:b");
        }
        assertThat(iscsi.isClosed).isTrue();
        assertThat(first).hasSize(1 << 20);
        assertThat(temporary).isEmptyDirectory();
    }

    private static String userData(Launch launch) throws Exception {
        String line = Objects.requireNonNull(launch.machine().kernel()).commandLine();
        return get(line.replaceFirst(".*seedfrom=(\\S+) .*", "$1").replace("10.0.2.2", "127.0.0.1") + "user-data");
    }

    @Test
    void aServerThatRefusesOrADiskThatIsMissingLeavesNothing() throws Exception {
        iscsi.isFull = true;
        iscsiDisks = List.of(iscsiDisk(directory.resolve("a.img") + ":1M:iscsi::a"));
        assertThatThrownBy(() -> prepare(request(null, List.of(), LOOPBACK)))
                .isInstanceOf(LaunchException.class)
                .hasMessage("no more targets");
        assertThat(iscsi.isClosed).isTrue();

        iscsi.isFull = false;
        command = List.of("echo", "iscsi:__RFC4173__", "iscsi:__RFC4173__");
        assertThatThrownBy(() -> prepare(request(null, List.of(), LOOPBACK)))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining("the command has more iSCSI disks (__RFC4173__) than there are");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void whatIsNoIscsiDiskIsExplained() {
        assertThat(IscsiDisk.parse("a.img:1G:nvme")).isEmpty();
        assertThat(IscsiDisk.parse("a.img")).isEmpty();
        assertThat(iscsiDisk("/nowhere/a.img::iscsi::t").size()).isEqualTo(5L << 30);
        assertThat(iscsiDisk("/nowhere/a.img::iscsi::t:::iuser:ipw").account()).isNull();
        for (String wrong : List.of(
                "/nowhere/a.img:1G:iscsi",
                "/nowhere/a.img:1G:iscsi:512:",
                "/nowhere/a.img:1G:iscsi:512:iqn.2024-01.test:a",
                "/nowhere/a.img:1G:iscsi:512:t:user:pw:iuser",
                "/nowhere/a.img:1G:iscsi:512:t:user:",
                "/nowhere/a.img:1G:iscsi:4096:t",
                "/nowhere/a.img:lots:iscsi::t")) {
            assertThatThrownBy(() -> IscsiDisk.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(MistakeException.class)
                    .hasMessageContaining("the disk '" + wrong.replace("pw:iuser", "(secret)") + "'");
        }
    }
}
