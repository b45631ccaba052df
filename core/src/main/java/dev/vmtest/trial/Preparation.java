package dev.vmtest.trial;

import dev.vmtest.config.ConfigText;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.disk.DiskImages;
import dev.vmtest.files.NewFile;
import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installer.InstallPayload;
import dev.vmtest.installer.InstallRequest;
import dev.vmtest.installer.Installer;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.BridgeAddress;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkDrawing;
import dev.vmtest.publish.PublishListener;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.seed.InstallSeed;
import dev.vmtest.seed.NoCloudSeed;
import dev.vmtest.storage.StackDrawing;
import dev.vmtest.testcase.ConfigLayer;
import dev.vmtest.testcase.ConfigLayers;
import dev.vmtest.testcase.TargetSource;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Do what must be there before the install boot: disks, firmware variables, payload, seed and their server. */
final class Preparation {

    /** Where the seed lies on the server. */
    private static final String SEED = "seed/";

    /** Where the image's root lies on the server, for an install environment that fetches it; as the Python harness calls it. */
    private static final String ROOT = "root/squashfs";

    private final RunContext context;
    private final TestCase test;
    private final Workspace workspace;

    Preparation(RunContext context, TestCase test, Workspace workspace) {
        this.context = context;
        this.test = test;
        this.workspace = workspace;
    }

    /**
     * Hold what the install boot needs.
     *
     * @param test with what its server is called and serves
     * @param image the install image
     * @param payload what the install environment runs
     * @param server serves the seed and receives report events
     * @param fetchesRoot whether the install environment fetches its root, or has it as a disk
     */
    record Prepared(
            TestCase test, InstallImage image, InstallPayload payload, PublishServer server, boolean fetchesRoot)
            implements AutoCloseable {

        /** Return where the install environment has its root from. */
        EphemeralBoot.Root root() {
            return fetchesRoot
                    ? EphemeralBoot.Root.http(URI.create(server.urlFromGuest(ROOT)))
                    : EphemeralBoot.Root.disk();
        }

        /** Return the drives of the install environment beside the disks of the test. */
        List<Boot.Drive> drives() {
            return fetchesRoot ? ImageDrives.withoutRoot(image) : ImageDrives.of(image);
        }

        /** Return what the guest can fetch. */
        ReproduceScript.Served served() {
            return new ReproduceScript.Served(server.port(), server.publishedFiles());
        }

        /** Return where the guest finds its seed. */
        URI seed() {
            return URI.create(server.urlFromGuest(SEED));
        }

        @Override
        public void close() {
            server.close();
        }
    }

    Prepared prepare(PublishListener listener) throws Exception {
        InstallImage image = context.host().images().find(test.release(), test.imageNeeds());
        NewFile.write(
                workspace.layoutDrawing(),
                StackDrawing.svg(test.config().effectiveStorage(test.machine().firmware() == Firmware.UEFI)));
        NetworkConfig network = test.config().network();
        if (network != null && !network.interfaces().isEmpty()) {
            NewFile.write(
                    workspace.networkDrawing(),
                    NetworkDrawing.svg(network, FarEnd.macAddresses(test), FarEnd.farSides(test)));
        }
        AskedFiles.keep(test, workspace);
        NewFile.write(workspace.coverage(), TestCoverage.text(test));
        DiskImages disks = new DiskImages(context.host().processes());
        for (DiskSpec disk : test.machine().disks()) {
            disks.createRaw(workspace.disks().resolve(disk.name() + ".img"), disk.size());
        }
        if (test.machine().firmware() == Firmware.UEFI) {
            FirmwareFiles.find(test.machine().architecture()).createVariables(workspace.firmwareVariables());
        }
        PublishServer server = serve(listener);
        try {
            Map<String, String> tokens =
                    ServedTokens.serve(test, server, context.chance().clock().instant());
            ServedTokens.keep(tokens, workspace);
            TestCase served = ServedTokens.in(test, tokens);
            InstallPayload payload = payload(served, server, image);
            publishSeed(server, payload);
            boolean fetchesRoot = context.guests().fidelity().fetchesRoot();
            if (fetchesRoot) {
                server.publish(ROOT, image.squashfs());
            }
            return new Prepared(served, image, payload, server, fetchesRoot);
        } catch (Exception failure) {
            server.close();
            throw failure;
        }
    }

    /** Serve where the guest's first network interface reaches this host. */
    private PublishServer serve(PublishListener listener) throws IOException, MachineException {
        String secret = PublishServer.newSecret(context.chance().random());
        String bridge = test.machine().nics().get(0).bridge();
        if (bridge.equals(NicSpec.USER)) {
            return PublishServer.onLoopback(secret, listener);
        }
        String address = BridgeAddress.of(bridge);
        return PublishServer.on(InetAddress.getByName(address), address, secret, listener);
    }

    private InstallPayload payload(TestCase test, PublishServer server, InstallImage image)
            throws IOException, ImageException {
        Installer installer = context.installer();
        Problems problems = test.installer().problems();
        List<ConfigLayer> layers = new ArrayList<>();
        layers.addAll(test.layers());
        layers.add(ConfigLayers.reporting(server.eventsUrlFromGuest(), test.config()));
        List<Path> files = new ArrayList<>();
        for (ConfigLayer layer : layers) {
            Path file = workspace.layer(layer.fileName());
            NewFile.write(file, ConfigText.yaml(layer.content()));
            files.add(file);
        }
        TestSecrets.of(test.config()).keep(workspace);
        MapValue merged = ConfigLayers.merge(layers);
        NewFile.write(workspace.installConfig(), ConfigText.yaml(merged));
        InstallPayload payload = installer.payload(
                new InstallRequest(
                        InstallConfig.read(merged, problems),
                        files,
                        TargetSource.of(test, context.host().images(), server),
                        ImageDrives.system(image),
                        test.machine().firmware() == Firmware.UEFI,
                        context.version(),
                        workspace.payloadDirectory()),
                problems);
        problems.throwIfAny();
        NewFile.write(workspace.installPayload(), payload.script());
        return payload;
    }

    private void publishSeed(PublishServer server, InstallPayload payload) throws IOException {
        byte[] id = new byte[8];
        context.chance().random().nextBytes(id);
        InstallSeed install = new InstallSeed(
                "inst-" + HexFormat.of().formatHex(id),
                payload.text(),
                context.guests().powerAtTheEnd(),
                context.guests().aptProxy(),
                context.guests().sshKeys());
        NoCloudSeed seed = install.seed();
        for (Map.Entry<String, String> document : seed.files().entrySet()) {
            Path file = workspace.installSeed(document.getKey());
            NewFile.write(file, document.getValue());
            server.publish(SEED + document.getKey(), file);
        }
    }
}
