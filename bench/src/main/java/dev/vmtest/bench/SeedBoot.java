package dev.vmtest.bench;

import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleListener;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.QemuArguments;
import dev.vmtest.publish.PublishListener;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.publish.ReportEvent;
import dev.vmtest.seed.InstallSeed;
import dev.vmtest.seed.Power;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Boot an install image with a seed whose only script says at once that it runs. */
final class SeedBoot {

    private static final String MAC = "52:54:00:12:34:00";
    private static final String SEED = "seed/";
    private static final String USER_DATA = "user-data";
    private static final String STARTED = "started";
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int OK = 200;

    private final Laboratory laboratory;
    private final Accelerator accelerator;

    SeedBoot(Laboratory laboratory, Accelerator accelerator) {
        this.laboratory = laboratory;
        this.accelerator = accelerator;
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
            publish(server, "bench-" + image.subarch() + "-" + number);
            String name = image.subarch() + "-" + number;
            MachineRequest request = request(image, URI.create(server.urlFromGuest(SEED)), name);
            long start = System.nanoTime();
            try (Machine machine = laboratory.machines().start(request)) {
                var unused =
                        CompletableFuture.anyOf(watch.started, machine.ended()).get();
                if (!watch.started.isDone()) {
                    MachineEnd end = machine.ended().get();
                    throw new IllegalStateException("the image " + image.description() + " did not run user-data: "
                            + end.summary() + "; its console is in " + request.serialLog());
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
        try (InputStream stream = SeedBoot.class.getResourceAsStream("started.sh")) {
            if (stream == null) {
                throw new IllegalStateException("the resource started.sh is missing from this build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private MachineRequest request(InstallImage image, URI seed, String name) {
        EphemeralBoot environment = EphemeralBoot.of(EphemeralBoot.Root.disk(), seed, QemuArguments.serialDevice())
                .withBootMac(MAC);
        Path output = laboratory.output();
        return new MachineRequest(
                new MachineSpec(
                        Laboratory.CPUS,
                        Laboratory.MEMORY,
                        Firmware.BIOS,
                        List.of(),
                        List.of(new NicSpec(MAC, NicSpec.USER))),
                new Boot(
                        new Boot.DirectKernel(image.kernel(), image.initrd(), environment.commandLine()),
                        List.of(new Boot.Drive(image.squashfs(), EphemeralBoot.ROOT_SERIAL, Boot.Drive.Kind.READ_ONLY)),
                        null),
                accelerator,
                output,
                null,
                output.resolve(name + "-serial.log"),
                output.resolve(name + "-qemu.log"),
                Limits.install(LONGEST),
                ConsoleListener.NONE);
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
