package dev.vmtest.launch;

import dev.vmtest.disk.DiskException;
import dev.vmtest.disk.DiskImages;
import dev.vmtest.installer.InstallerException;
import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.iscsi.IscsiServer;
import dev.vmtest.iscsi.IscsiServers;
import dev.vmtest.launch.DiskArguments.SizedDisk;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.publish.PublishListener;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.seed.CidataDisk;
import dev.vmtest.seed.InstallSeed;
import dev.vmtest.seed.NoCloudSeed;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hold what a launched machine needs while it runs: its web server, and the files that vanish with it.
 *
 * <pre>{@code
 * try (Launch launch = Launch.prepare(request, processes, parent, random, formats, servers, false)) {
 *     run(launch.machine());
 * }
 * }</pre>
 */
public final class Launch implements AutoCloseable {

    private static final long TEMPORARY_DISK = 5L << 30;
    private static final String SEED = "seed/";

    private final LaunchRequest request;
    private final Processes processes;
    private final RandomGenerator random;
    private final DiskArguments.ImageFormats formats;
    private final TemporaryDirectory scratch;
    private final PublishServer server;
    private final List<ManualMachine.Disk> disks = new ArrayList<>();
    private final List<IscsiPath> iscsiPaths = new ArrayList<>();
    private @Nullable IscsiServer iscsi;

    private Launch(
            LaunchRequest request,
            Processes processes,
            RandomGenerator random,
            DiskArguments.ImageFormats formats,
            TemporaryDirectory scratch,
            PublishServer server) {
        this.request = request;
        this.processes = processes;
        this.random = random;
        this.formats = formats;
        this.scratch = scratch;
        this.server = server;
    }

    /**
     * Prepare a machine: pack the command, serve the seed, make the disks.
     *
     * @param servers make the server of iSCSI disks
     * @param parent where the directory for what vanishes is made
     * @param dryRun whether to make no disk and pack nothing: the machine is then only to be looked at
     * @throws LaunchException if this host cannot
     * @throws MistakeException if a file that is named is not there
     */
    public static Launch prepare(
            LaunchRequest request,
            Processes processes,
            Path parent,
            RandomGenerator random,
            DiskArguments.ImageFormats formats,
            IscsiServers servers,
            boolean dryRun)
            throws LaunchException {
        GuestCommand command = new GuestCommand(request.command(), request.added());
        var unused = command.configs();
        TemporaryDirectory scratch = null;
        PublishServer server = null;
        Launch launch = null;
        try {
            scratch = TemporaryDirectory.create(parent, "launch.");
            server = serve(request.web(), random);
            launch = new Launch(request, processes, random, formats, scratch, server);
            launch.publish();
            if (!dryRun && !request.iscsiDisks().isEmpty()) {
                launch.serveDisks(servers);
            }
            NoCloudSeed seed = launch.seed(command, dryRun);
            launch.attach(seed, dryRun);
            return launch;
        } catch (IOException | DiskException | ProcessException | InstallerException | IscsiException failure) {
            close(launch, server, scratch);
            throw new LaunchException(String.valueOf(failure.getMessage()), failure);
        } catch (LaunchException | RuntimeException failure) {
            close(launch, server, scratch);
            throw failure;
        }
    }

    private void serveDisks(IscsiServers servers) throws IscsiException, DiskException {
        IscsiServer started = servers.start(scratch.path().resolve("tgt.log"), false);
        iscsi = started;
        for (IscsiDisk disk : request.iscsiDisks()) {
            if (Files.notExists(disk.image())) {
                new DiskImages(processes).createRaw(disk.image(), disk.size());
            }
            started.add(disk.served());
            iscsiPaths.add(disk.path(started));
        }
    }

    /** Return a line for each iSCSI disk that says where the guest finds it, without passwords. */
    public List<String> iscsiNotes() {
        return iscsiPaths.stream()
                .map(path -> "the guest finds unit " + path.lun() + " of the iSCSI target " + path.target() + " at "
                        + path.portal())
                .toList();
    }

    private static PublishServer serve(LaunchRequest.WebServer web, RandomGenerator random)
            throws IOException, LaunchException {
        String secret = PublishServer.newSecret(random);
        String listens = web.listens();
        InetAddress address = listens == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(listens);
        String guestHost = listens == null ? PublishServer.USER_NETWORKING_HOST : listens;
        for (int number = 1; ; number++) {
            try {
                return PublishServer.on(
                        new InetSocketAddress(address, web.port()), guestHost, secret, PublishListener.NONE);
            } catch (IOException taken) {
                if (number >= web.tries()) {
                    throw new LaunchException(
                            "the web server cannot listen on " + address.getHostAddress() + " port " + web.port() + ": "
                                    + PlainTrouble.of(taken) + "; HTTP_PORT and IP_ADDR choose others",
                            taken);
                }
            }
        }
    }

    /** Return the machine. */
    public ManualMachine machine() {
        LaunchRequest.MachineOptions options = request.machine();
        return new ManualMachine(
                options.architecture(),
                null,
                options.cpus(),
                options.memory(),
                options.firmware(),
                kernel(),
                disks,
                request.nics(),
                options.display(),
                options.serial(),
                options.reboots(),
                List.of());
    }

    private ManualMachine.@Nullable Kernel kernel() {
        LaunchRequest.BootOptions boot = request.boot();
        Path file = boot.kernel();
        if (file == null) {
            return null;
        }
        List<String> line = new ArrayList<>();
        line.add(boot.root().replace(GuestCommand.PUBURL, url()));
        line.add("ds=nocloud-net;seedfrom=" + server.urlFromGuest(SEED));
        line.add("console=" + request.machine().architecture().serialDevice());
        boot.appended().forEach(word -> line.add(word.replace(GuestCommand.PUBURL, url())));
        return new ManualMachine.Kernel(file, boot.initrd(), String.join(" ", line));
    }

    private String url() {
        return server.urlFromGuest("").replaceFirst("/$", "");
    }

    private void publish() throws IOException {
        for (String text : request.published()) {
            List<String> fields = Fields.ofPath(text);
            Path file = Path.of(fields.get(0));
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new MistakeException("--publish '" + text + "': no such file that can be read");
            }
            String path = fields.size() > 1 ? fields.get(1) : String.valueOf(file.getFileName());
            if (!PublishServer.canPublish(path)) {
                throw new MistakeException(
                        "--publish '" + text + "': '" + path + "' is no plain relative path of a URL;"
                                + " write FILE:PATH with letters, digits and . _ - / in PATH");
            }
            server.publish(path, file);
        }
    }

    private NoCloudSeed seed(GuestCommand command, boolean dryRun) throws IOException {
        LaunchRequest.Help help = request.help();
        IscsiTokens tokens = new IscsiTokens(iscsiPaths.stream()
                .map(path -> path.text().substring(IscsiPath.SCHEME.length()))
                .toList());
        byte[] script = dryRun
                ? new byte[0]
                : command.script(
                        url(), tokens, help.curtin(), help.installDeps(), help.proxies(), scratch.path(), processes);
        byte[] id = new byte[8];
        random.nextBytes(id);
        NoCloudSeed seed = new InstallSeed(
                        "inst-" + HexFormat.of().formatHex(id),
                        new String(script, StandardCharsets.UTF_8),
                        request.power(),
                        help.aptProxy(),
                        help.sshKeys())
                .seed();
        for (Map.Entry<String, String> document : seed.files().entrySet()) {
            server.publish(SEED + document.getKey(), document.getValue().getBytes(StandardCharsets.UTF_8));
        }
        return seed;
    }

    /** The image that boots comes first, then the disks, then what belongs to this boot only. */
    private void attach(NoCloudSeed seed, boolean dryRun)
            throws IOException, DiskException, ProcessException, LaunchException {
        DiskImages images = new DiskImages(processes);
        Path image = request.boot().image();
        if (image != null) {
            Path overlay = scratch.path().resolve("boot-disk.qcow2");
            if (!dryRun) {
                images.createOverlay(overlay, image, formats.of(image));
            }
            disks.add(drive(overlay, "qcow2", "boot-disk", false));
        }
        for (SizedDisk disk : request.disks()) {
            if (!dryRun && Files.notExists(disk.disk().file())) {
                images.createRaw(disk.disk().file(), disk.size());
            }
            disks.add(disk.disk());
        }
        if (request.disks().isEmpty() && request.iscsiDisks().isEmpty()) {
            Path temporary = scratch.path().resolve("disk.img");
            images.createRaw(temporary, TEMPORARY_DISK);
            disks.add(drive(temporary, "raw", "disk.img", false));
        }
        disks.addAll(request.boot().drives());
        if (image != null && request.boot().kernel() == null) {
            Path disk = scratch.path().resolve("seed.img");
            new CidataDisk(processes).create(seed, scratch.path().resolve("seed"), disk);
            disks.add(drive(disk, "raw", "seed", true));
        }
    }

    /** Return a virtio disk that belongs to one boot. */
    public static ManualMachine.Disk drive(Path file, String format, String serial, boolean readOnly) {
        return new ManualMachine.Disk(
                file,
                format,
                "virtio-blk",
                Map.of("serial", serial),
                readOnly ? Map.of("readonly", "on") : Map.of("cache", "unsafe"));
    }

    @Override
    public void close() throws LaunchException {
        close(this, server, scratch);
    }

    private static void close(
            @Nullable Launch launch, @Nullable PublishServer server, @Nullable TemporaryDirectory scratch)
            throws LaunchException {
        if (launch != null && launch.iscsi != null) {
            launch.iscsi.close();
        }
        if (server != null) {
            server.close();
        }
        if (scratch != null) {
            try {
                scratch.close();
            } catch (IOException left) {
                throw new LaunchException("the temporary directory cannot be removed: " + PlainTrouble.of(left), left);
            }
        }
    }
}
