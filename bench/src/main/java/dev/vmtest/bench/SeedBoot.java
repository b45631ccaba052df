package dev.vmtest.bench;

import dev.vmtest.disk.DiskException;
import dev.vmtest.disk.DiskImages;
import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleListener;
import dev.vmtest.machine.Dialogue;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineFiles;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.snapshot.SnapshotRequest;
import dev.vmtest.process.ProcessException;
import dev.vmtest.publish.PublishListener;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.release.Architecture;
import dev.vmtest.seed.InstallSeed;
import dev.vmtest.seed.Power;
import dev.vmtest.text.TextResource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Boot an install image with a seed whose only script says at once that it runs. */
final class SeedBoot {

    private static final String MAC = "52:54:00:12:34:00";
    private static final String SEED = "seed/";
    private static final String USER_DATA = "user-data";
    private static final String STARTED = "started";
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int OK = 200;

    private static final DiskSpec DISK =
            new DiskSpec("bench", 10L << 30, DiskDriver.VIRTIO_BLK, "bench-disk", null, 512, 512, 1);

    private final Laboratory laboratory;
    private final Accelerator accelerator;
    private final String prefix;
    private final MachineSpec spec;
    private final @Nullable Snapshot snapshot;

    private SeedBoot(
            Laboratory laboratory,
            Accelerator accelerator,
            String prefix,
            MachineSpec spec,
            @Nullable Snapshot snapshot) {
        this.laboratory = laboratory;
        this.accelerator = accelerator;
        this.prefix = prefix;
        this.spec = spec;
        this.snapshot = snapshot;
    }

    /** Boot a machine with a NIC and no disk but that of the image. */
    static SeedBoot withoutDisk(Laboratory laboratory, Accelerator accelerator) {
        return new SeedBoot(laboratory, accelerator, "", spec(List.of()), null);
    }

    /**
     * Boot a machine with a NIC and an empty disk.
     *
     * @param name begins the names of its logs
     */
    static SeedBoot withDisk(Laboratory laboratory, Accelerator accelerator, String name)
            throws ProcessException, DiskException {
        Path disk = laboratory.output().resolve(DISK.fileName());
        if (!Files.exists(disk)) {
            new DiskImages(laboratory.processes()).createRaw(disk, DISK.size());
        }
        return new SeedBoot(laboratory, accelerator, name + "-", spec(List.of(DISK)), null);
    }

    private static MachineSpec spec(List<DiskSpec> disks) {
        return new MachineSpec(
                Laboratory.CPUS, Laboratory.MEMORY, Firmware.BIOS, disks, List.of(new NicSpec(MAC, NicSpec.USER)));
    }

    /** Return one that does not boot but goes on from a snapshot, which is made now. */
    SeedBoot fromSnapshot(InstallImage image) throws MachineException {
        SnapshotRequest request = new SnapshotRequest(
                spec,
                untilSaved(image),
                List.of(root(image)),
                image.fingerprint(),
                accelerator,
                null,
                laboratory.output().resolve("snapshots"));
        return new SeedBoot(
                laboratory, accelerator, prefix, spec, laboratory.snapshots().obtain(request, laboratory::tell));
    }

    /**
     * Hold the moments of one boot, in seconds after QEMU was started.
     *
     * @param fetched when the server had sent user-data for the first time
     * @param started when the script in it made its first request
     */
    record Moments(double fetched, double started) {}

    /**
     * Boot until the script has begun, then end the machine.
     *
     * @throws IllegalStateException if the machine ended before that
     */
    Moments run(InstallImage image, int number) throws Exception {
        Watch watch = new Watch();
        try (PublishServer server = PublishServer.onLoopback(PublishServer.newSecret(new SecureRandom()), watch)) {
            publish(server, "bench-" + prefix + image.subarch() + "-" + number);
            String name = prefix + image.subarch() + "-" + number;
            MachineRequest request = request(image, URI.create(server.urlFromGuest(SEED)), name);
            long start = System.nanoTime();
            try (Machine machine = laboratory.machines().start(request)) {
                var unused =
                        CompletableFuture.anyOf(watch.started, machine.ended()).get();
                if (!watch.started.isDone()) {
                    MachineEnd end = machine.ended().get();
                    throw new IllegalStateException(
                            "the image " + image.description() + " did not run user-data: " + end.summary()
                                    + "; its console is in " + request.files().serialLog());
                }
                return new Moments(seconds(start, watch.fetched.join()), seconds(start, watch.started.join()));
            }
        }
    }

    private static double seconds(long start, long end) {
        return (end - start) / 1e9;
    }

    private static void publish(PublishServer server, String instance) throws IOException {
        server.publish(STARTED, "\n".getBytes(StandardCharsets.UTF_8));
        URI url = URI.create(server.urlFromGuest(STARTED));
        String script = script().replace("@host@", url.getHost())
                .replace("@port@", String.valueOf(url.getPort()))
                .replace("@path@", url.getRawPath());
        Map<String, String> documents = new InstallSeed(instance, script, Power.OFF, null, List.of())
                .seed()
                .files();
        documents.forEach((name, text) -> server.publish(SEED + name, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String script() throws IOException {
        return TextResource.beside(SeedBoot.class, "started.sh");
    }

    private MachineRequest request(InstallImage image, URI seed, String name) {
        Path output = laboratory.output();
        return new MachineRequest(
                spec,
                boot(image, seed),
                accelerator,
                new MachineFiles(
                        output, null, output.resolve(name + "-serial.log"), output.resolve(name + "-qemu.log")),
                Limits.install(LONGEST),
                Dialogue.listening(ConsoleListener.NONE));
    }

    private Boot boot(InstallImage image, URI seed) {
        List<String> commandLine = EphemeralBoot.of(
                        EphemeralBoot.Root.disk(), seed, Architecture.host().serialDevice())
                .withBootMac(MAC)
                .commandLine();
        List<Boot.Drive> drives = List.of(root(image));
        return snapshot == null
                ? new Boot(new Boot.DirectKernel(image.kernel(), image.initrd(), commandLine), drives, null)
                : new Boot(untilSaved(image), drives, null, new Boot.Way.Resume(snapshot, commandLine));
    }

    private static Boot.DirectKernel untilSaved(InstallImage image) {
        return new Boot.DirectKernel(
                image.kernel(),
                image.initrd(),
                EphemeralBoot.untilSaved(
                        EphemeralBoot.Root.disk(), Architecture.host().serialDevice()));
    }

    private static Boot.Drive root(InstallImage image) {
        return new Boot.Drive(image.squashfs(), EphemeralBoot.ROOT_SERIAL, Boot.Drive.Kind.READ_ONLY);
    }

    /** Take the time of the first requests. */
    private static final class Watch implements PublishListener {

        private final CompletableFuture<Long> fetched = new CompletableFuture<>();
        private final CompletableFuture<Long> started = new CompletableFuture<>();

        @Override
        public void served(String path, int status, long bytes) {
            if (status == OK && path.equals(SEED + USER_DATA)) {
                fetched.complete(System.nanoTime());
            } else if (status == OK && path.equals(STARTED)) {
                started.complete(System.nanoTime());
            }
        }

        @Override
        public void reported(ReportEvent event) {}

        @Override
        public void rejected(String reason) {}
    }
}
