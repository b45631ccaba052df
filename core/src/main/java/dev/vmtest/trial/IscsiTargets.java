package dev.vmtest.trial;

import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.disk.DiskException;
import dev.vmtest.disk.DiskImages;
import dev.vmtest.files.NewFile;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.IscsiNeed;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.iscsi.IscsiAccount;
import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.iscsi.IscsiServer;
import dev.vmtest.iscsi.IscsiServers;
import dev.vmtest.iscsi.IscsiTarget;
import dev.vmtest.machine.GuestForward;
import dev.vmtest.process.Processes;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.testcase.ConfigLayer;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serve the iSCSI disks of a test while it runs: each disk action whose path says that the run shall serve it gets an
 * empty disk on a target of its own.
 */
final class IscsiTargets implements AutoCloseable {

    private static final String NAME = "iqn.2024-01.dev.vmtest:";

    private final IscsiServers servers;
    private final Processes processes;
    private final TestCase test;
    private final Workspace workspace;
    private @Nullable IscsiServer server;

    IscsiTargets(IscsiServers servers, Processes processes, TestCase test, Workspace workspace) {
        this.servers = servers;
        this.processes = processes;
        this.test = test;
        this.workspace = workspace;
    }

    /**
     * Begin to serve, and return the test with the addresses of its disks.
     *
     * @throws IscsiException if the disks can't be served
     */
    TestCase serve() throws IscsiException, DiskException, IOException {
        List<IscsiNeed> needs = MachineNeeds.of(test.config()).iscsi();
        if (needs.isEmpty()) {
            return test;
        }
        IscsiServer started =
                servers.start(workspace.iscsiLog(), test.installer().discoversTargets());
        server = started;
        Map<String, String> paths = new LinkedHashMap<>();
        List<String> record = new ArrayList<>();
        for (IscsiNeed need : needs) {
            IscsiPath path = path(need, started);
            Path image = workspace.disks().resolve(imageName(need));
            new DiskImages(processes).createRaw(image, need.size());
            started.add(new IscsiTarget(
                    path.target(),
                    image,
                    account(need.user(), need.password()),
                    account(need.targetUser(), need.targetPassword())));
            paths.put(need.id(), path.text());
            record.add(need.id() + " is unit " + path.lun() + " of " + path.target() + " at " + path.portal());
        }
        NewFile.write(workspace.iscsiInfo(), String.join("\n", record) + "\n");
        TestCase located = located(paths);
        return started.door()
                .map(door -> located.with(
                        located.machine().with(new GuestForward(door.address(), door.port(), door.command()))))
                .orElse(located);
    }

    private IscsiPath path(IscsiNeed need, IscsiServer serving) {
        return new IscsiPath(
                need.user(),
                need.password(),
                need.targetUser(),
                need.targetPassword(),
                serving.hostFromGuest(),
                serving.port(),
                IscsiTarget.LUN,
                NAME + word(test.directoryName()) + "." + word(need.id()));
    }

    /** Return a text in the letters of a qualified name (RFC 3722). */
    private static String word(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    }

    private static String imageName(IscsiNeed need) {
        return "iscsi-" + need.id().replaceAll("[^A-Za-z0-9._-]", "-") + ".img";
    }

    private static @Nullable IscsiAccount account(@Nullable String user, @Nullable Secret password) {
        return user == null || password == null ? null : new IscsiAccount(user, password);
    }

    private TestCase located(Map<String, String> paths) {
        Problems problems = test.installer().problems();
        MapValue root = IscsiAddresses.in(test.config().root(), paths);
        InstallConfig config = InstallConfig.read(root, problems);
        problems.throwIfAny();
        List<ConfigLayer> layers = test.layers().stream()
                .map(layer -> new ConfigLayer(layer.fileName(), IscsiAddresses.in(layer.content(), paths)))
                .toList();
        return test.with(layers, config);
    }

    @Override
    public void close() {
        IscsiServer serving = server;
        server = null;
        if (serving != null) {
            serving.close();
        }
    }
}
